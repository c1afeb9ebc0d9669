/**
 * The self-signed X.509 certificate (RFC 5280) that carries a peer's Ed25519 key (RFC 8410) through TLS. Only the key
 * matters: names and dates are constants, so the same key always makes the same certificate, in about a millisecond.
 * Written by hand because a general X.509 library costs more at start than the whole handshake.
 */
import { X509Certificate, sign, type KeyObject } from 'node:crypto';
import { PUBLIC_KEY_BYTES } from './peer-id.ts';

const TAG = {
  integer: 0x02,
  bitString: 0x03,
  objectId: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** Context tag [0], constructed: the certificate's version field. */
  version: 0xa0,
} as const;

/** 1.3.101.112, id-Ed25519 (RFC 8410 section 3). */
const OID_ED25519 = Uint8Array.of(0x2b, 0x65, 0x70);
/** 2.5.4.3, commonName. */
const OID_COMMON_NAME = Uint8Array.of(0x55, 0x04, 0x03);
/** X.509 version 3 is written as 2. */
const VERSION_3 = Uint8Array.of(2);
/** Bits of a bit string's last byte that do not count. */
const NO_UNUSED_BITS = Uint8Array.of(0);
const NOT_BEFORE = '700101000000Z';
/** The date that RFC 5280 section 4.1.2.5 gives to certificates without an end. */
const NOT_AFTER = '99991231235959Z';
/** Bytes of the key used as serial number. Serial numbers are at most 20 bytes. */
const SERIAL_BYTES = 8;
/** A certificate of one Ed25519 key has under 400 bytes; what is longer is not parsed. */
const CERTIFICATE_SIZE_MAX_BYTES = 4_096;
/** Contents of 128 bytes or more have their length in the bytes that follow the first. */
const SHORT_LENGTH_MAX = 0x7f;

/** A key and its certificate in PEM. */
export type Credentials = { readonly keyPem: string; readonly certificatePem: string };

/** Builds the certificate of a key pair. */
export function createCredentials(
  privateKey: KeyObject,
  publicKey: Uint8Array,
  peerId: string,
): Credentials {
  const algorithm = der(TAG.sequence, der(TAG.objectId, OID_ED25519));
  const name = der(
    TAG.sequence,
    der(
      TAG.set,
      der(
        TAG.sequence,
        der(TAG.objectId, OID_COMMON_NAME),
        der(TAG.utf8String, Buffer.from(peerId)),
      ),
    ),
  );
  // The first byte is forced into 0x40-0x7f: a serial number must be positive and have no leading zero.
  const serial = Uint8Array.from(publicKey.subarray(0, SERIAL_BYTES));
  serial[0] = (serial[0]! & 0x3f) | 0x40;
  const toSign = der(
    TAG.sequence,
    der(TAG.version, der(TAG.integer, VERSION_3)),
    der(TAG.integer, serial),
    algorithm,
    name,
    der(
      TAG.sequence,
      der(TAG.utcTime, Buffer.from(NOT_BEFORE)),
      der(TAG.generalizedTime, Buffer.from(NOT_AFTER)),
    ),
    name,
    der(TAG.sequence, algorithm, der(TAG.bitString, NO_UNUSED_BITS, publicKey)),
  );
  const signature = sign(null, toSign, privateKey);
  const certificate = der(
    TAG.sequence,
    toSign,
    algorithm,
    der(TAG.bitString, NO_UNUSED_BITS, signature),
  );
  return {
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: pem('CERTIFICATE', certificate),
  };
}

/** The raw Ed25519 key of a certificate in DER, or undefined when it holds another kind of key or cannot be read. */
export function publicKeyOfCertificate(certificate: Uint8Array): Uint8Array | undefined {
  if (certificate.length > CERTIFICATE_SIZE_MAX_BYTES) return undefined;
  try {
    const { publicKey } = new X509Certificate(certificate);
    return publicKey.asymmetricKeyType === 'ed25519' ? rawPublicKey(publicKey) : undefined;
  } catch {
    // The certificate comes from the peer: whatever is wrong with it, it proves nothing.
    return undefined;
  }
}

/** The 32 bytes of an Ed25519 key: the last ones of its SubjectPublicKeyInfo. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  const info = key.export({ type: 'spki', format: 'der' });
  return Uint8Array.from(info.subarray(info.length - PUBLIC_KEY_BYTES));
}

/** One DER value (X.690): tag, length, contents. */
function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  const lengthBytes =
    length <= SHORT_LENGTH_MAX
      ? [length]
      : length <= 0xff
        ? [0x81, length]
        : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Uint8Array.from([tag, ...lengthBytes]), ...contents]);
}

function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
