import type { Result } from '../../../foundation/outcome.ts';
import { Asn1Fault, attempt, type Malformed } from '../asn1/fault.ts';
import { childrenOf, context, elementAt, inside, tags, type Element } from '../asn1/read.ts';
import { explicit, oid, sequence, setOf, tlv } from '../asn1/write.ts';
import { oids } from './oids.ts';

/**
 * A SignedData in DER with one more unsigned attribute, the time-stamp token over its signature (EN 319 122-1 §5.3, RFC 3161
 * appendix A). All else comes out as it was, byte for byte: what was signed, the signature, and the attributes that were there.
 */
export function withTimestamp(cms: Uint8Array, token: Uint8Array): Result<Buffer, Malformed> {
  return attempt('ContentInfo', () => {
    const [type, body] = childrenOf(elementAt(cms, 0));
    if (type === undefined || body === undefined) throw new Asn1Fault('missing');
    const parts = childrenOf(inside(body, tags.sequence));
    const signers = parts.pop();
    const [signer, other] = signers === undefined ? [] : childrenOf(signers);
    if (signer === undefined || other !== undefined) throw new Asn1Fault('missing');
    const fields = childrenOf(signer);
    const unsigned = fields.at(-1)?.tag === context(1) ? fields.pop() : undefined;
    const attributes = unsigned === undefined ? [] : raw(childrenOf(unsigned));
    const set = setOf(...attributes, sequence(oid(oids.timestampToken), setOf(token)));
    set[0] = context(1);
    return sequence(type.raw, explicit(0, sequence(...raw(parts), tlv(tags.set, sequence(...raw(fields), set)))));
  });
}

function raw(elements: readonly Element[]): Uint8Array[] {
  return elements.map((element) => element.raw);
}
