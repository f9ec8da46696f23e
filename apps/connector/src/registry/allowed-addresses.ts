import { BlockList, isIP } from 'node:net';
import { isLinkLocal } from '#targets';
import { say, type Sentence } from '#words';

/** Where targets may be: names of hosts, domains with all that is below them, networks. */
export interface AllowedAddresses {
  readonly hosts: ReadonlySet<string>;
  /** With the dot in front of it. */
  readonly domains: readonly string[];
  readonly networks: BlockList;
}

/** @param list `crm.example.org,*.camera.it,10.20.0.0/16` @returns or the first part that is none of these */
export function readAllowedAddresses(list: string): AllowedAddresses | { readonly wrong: string } {
  const allowed = { hosts: new Set<string>(), domains: new Array<string>(), networks: new BlockList() };
  for (const part of list.split(',').map((text) => text.trim())) {
    const [, domain] = /^\*(\..+)$/.exec(part) ?? [];
    const name = hostOf(domain === undefined ? part : domain.slice(1));
    if (addNetwork(allowed.networks, part)) continue;
    if (name === null || isIP(name) !== 0) return { wrong: part };
    if (domain === undefined) allowed.hosts.add(name);
    else allowed.domains.push(`.${name}`);
  }
  return allowed;
}

/** `10.20.0.0/16`, `fd00::/8`, or one address. */
function addNetwork(networks: BlockList, part: string): boolean {
  const [, address = '', bits] = /^([\d.]+|[\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(part) ?? [];
  const version = isIP(address);
  const longest = version === 6 ? 128 : 32;
  if (version === 0 || Number(bits ?? 0) > longest) return false;
  networks.addSubnet(address, Number(bits ?? longest), version === 6 ? 'ipv6' : 'ipv4');
  return true;
}

/** As it stands in a URL, which also knows names with other letters; null: it is not the name of a host. */
function hostOf(name: string): string | null {
  if (!/^[^\s/?#@:*[\]]+$/.test(name) || !URL.canParse(`http://${name}`)) return null;
  return withoutDot(new URL(`http://${name}`).hostname);
}

/** `a.example.org.` is the host `a.example.org`. */
const withoutDot = (host: string): string => host.replace(/\.$/, '');

/**
 * Why nothing may be sent to an address; null: it may.
 * @param allowed null: it may be any, but for link-local ones
 */
export function addressProblem(address: string, allowed: AllowedAddresses | null): Sentence | null {
  const host = withoutDot(new URL(address).hostname);
  if (isLinkLocal(host))
    return say`${host} is a link-local address, where clouds give credentials to whoever asks; nothing is sent there`;
  if (allowed === null || includes(allowed, host)) return null;
  return say`${host} is none of the addresses that targets may have (TARGET_ADDRESSES)`;
}

function includes({ hosts, domains, networks }: AllowedAddresses, host: string): boolean {
  const ip = host.replace(/^\[(.*)\]$/, '$1');
  const version = isIP(ip);
  if (version !== 0) return networks.check(ip, version === 6 ? 'ipv6' : 'ipv4');
  return hosts.has(host) || domains.some((domain) => host.endsWith(domain));
}
