import { asKept, say } from '#words';
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Addresses of one's own network, where clouds give credentials to whoever asks (RFC 3927, RFC 4291), and their forms in IPv6. */
const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('::169.254.0.0', 112, 'ipv6');
linkLocal.addSubnet('64:ff9b::169.254.0.0', 112, 'ipv6');
linkLocal.addSubnet('::ffff:0:169.254.0.0', 112, 'ipv6');
linkLocal.addSubnet('2002:a9fe::', 32, 'ipv6');
linkLocal.addSubnet('fe80::', 10, 'ipv6');
// Metadata of Amazon.
linkLocal.addAddress('fd00:ec2::254', 'ipv6');

/** @param host as it stands in a URL: an IPv6 address in brackets; a name is none */
export function isLinkLocal(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  const version = isIP(address);
  return version !== 0 && linkLocal.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** Looks up a name as the system does; one that leads to a link-local address leads nowhere. */
export const lookupBeyondLink: LookupFunction = (name, options, callback) => {
  lookup(name, { ...options, all: true }, (error, found) => {
    const [first] = found ?? [];
    const local = found?.find(({ address }) => isLinkLocal(address));
    if (error) callback(error, []);
    else if (local)
      callback(new Error(asKept(say`${name} leads to ${local.address}, which is link-local`)), []);
    else if (options.all || !first) callback(null, found);
    else callback(null, first.address, first.family);
  });
};
