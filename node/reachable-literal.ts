/** Which addresses that others tell of are dialled: literal ones that a single machine can have. */
import { BlockList, isIP } from 'node:net';

/** Addresses of nobody, of groups and of everybody (RFC 6890, RFC 4291). */
const NO_MACHINE = new BlockList();
NO_MACHINE.addSubnet('0.0.0.0', 8, 'ipv4');
NO_MACHINE.addSubnet('224.0.0.0', 3, 'ipv4');
NO_MACHINE.addAddress('::', 'ipv6');
NO_MACHINE.addSubnet('ff00::', 8, 'ipv6');

const THIS_MACHINE = new BlockList();
THIS_MACHINE.addSubnet('127.0.0.0', 8, 'ipv4');
THIS_MACHINE.addAddress('::1', 'ipv6');

/** Whether a host is a literal address that a single machine can have: no name, which somebody would have to look up. */
export function isMachineLiteral(host: string): boolean {
  return isIP(host) !== 0 && !isIn(NO_MACHINE, host);
}

/** Whether a literal address means whoever uses it. */
export function isLoopbackLiteral(host: string): boolean {
  return isIP(host) !== 0 && isIn(THIS_MACHINE, host);
}

function isIn(list: BlockList, host: string): boolean {
  const [plain = ''] = host.split('%');
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}
