import { say, type Sentence } from '#words';

/** What is wrong with the certificate of a server, or with how it speaks TLS, by the code that Node or OpenSSL gives it. */
export function tlsReason(code: string, host: string): Sentence | null {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return say`the certificate of the server has expired`;
    case 'CERT_NOT_YET_VALID':
      return say`the certificate of the server is not valid yet`;
    case 'CERT_REVOKED':
      return say`the certificate of the server was revoked`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return say`the certificate of the server is for other names than ${host}`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return say`the server signed its certificate itself, and the connector was not told to trust it`;
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_UNTRUSTED':
      return say`nobody whom the connector trusts stands behind the certificate of the server; it may also lack those in between`;
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
    case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
    case 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION':
    case 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE':
    case 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE':
      return say`the server does not speak TLS, or none of the versions and ciphers that are safe`;
    default:
      return null;
  }
}
