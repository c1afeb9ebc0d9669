/** Which addresses this machine has, and which of them it would use. */
import dgram from 'node:dgram';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

export interface OwnAddresses {
  /** Whether an interface that is up has this literal address. */
  has(host: string): boolean;
  /** The address that the system would send from to reach a literal address; undefined where there is no way. */
  sourceTo(remote: { readonly host: string; readonly port: number }): Promise<string | undefined>;
}

export const systemAddresses: OwnAddresses = { has: hasAddress, sourceTo: sourceAddressTo };

function hasAddress(host: string): boolean {
  const [plain] = host.split('%');
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address === plain),
  );
}

/** Sends nothing. */
async function sourceAddressTo(remote: {
  readonly host: string;
  readonly port: number;
}): Promise<string | undefined> {
  const socket = dgram.createSocket(isIP(remote.host.split('%')[0]!) === 6 ? 'udp6' : 'udp4');
  try {
    return await new Promise((resolve) => {
      socket.once('error', () => {
        resolve(undefined);
      });
      // The callback gets the error, if there is one; the type definitions do not know.
      socket.connect(remote.port, remote.host, (error?: unknown) => {
        resolve(error === undefined || error === null ? socket.address().address : undefined);
      });
    });
  } finally {
    socket.close();
  }
}
