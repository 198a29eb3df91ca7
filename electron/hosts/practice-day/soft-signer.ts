import { sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../foundation/clock.ts';
import type { Result } from '../../foundation/outcome.ts';
import { httpClient } from '../../platform/http/client.ts';
import type { OutsideSigning } from '../../services/practice/index.ts';
import {
  chainOf,
  issueFile,
  planIssue,
  readPicture,
  reservedPlaces,
  reserveFields,
  showingFor,
  signFile,
  wishFor,
  type SigningWish,
} from '../../services/signing/index.ts';
import { memoryCache, readCertificate, type Anchors, type Certificate } from '../../services/trust/index.ts';
import { documentFonts } from '../document-fonts.ts';
import { pdfTextReader } from '../processes/pdf-text-process.ts';
import type { Authorities } from './authorities.ts';

type SignerId = 'leader' | 'agency' | 'department' | 'expired' | 'forged';

/** The practice authorities answer by OCSP alone. */
const noLists = { fetch: () => Promise.resolve({ ok: false, failure: { code: 'no-list' } } as const) };
const twoYears = 730 * 86_400_000;

/**
 * Signs with keys of the practice authorities as other programs do, outside of the station: what partners send, and what the
 * office signs where there is no token.
 * @param folder for files while they are signed
 */
export function softSigner(folder: string, authorities: Authorities, log: (line: string) => void): OutsideSigning & { readonly close: () => void } {
  const fonts = documentFonts();
  const reader = pdfTextReader(log);
  const certificate = (id: keyof Authorities['pki']): Certificate => value(readCertificate(authorities.pki[id].der));
  const anchors: Anchors = practiceAnchors(authorities);
  const base = { http: httpClient, hosts: {}, clock: systemClock };
  const tsa = authorities.answers ? authorities.tsa : null;
  const level = authorities.answers ? 'LT' : 'B';
  const deps = { ...base, evidence: { anchors, cache: memoryCache(), certificates: [certificate('root'), certificate('ca'), certificate('time')], crls: noLists } };

  const keyOf = (id: SignerId) => (attributes: Uint8Array): Promise<Result<Uint8Array, never>> => Promise.resolve({ ok: true, value: sign('sha256', attributes, authorities.pki[id].key) });
  const signerOf = (id: SignerId, at: Date): Omit<SigningWish, 'field'> => ({
    level: id === 'expired' || id === 'forged' ? 'B' : level,
    way: { kind: 'rsa-v1.5', digest: 'sha256' },
    certificate: certificate(id),
    chain: chainOf(certificate(id), [certificate(id === 'forged' ? 'falseCa' : 'ca')]),
    at,
  });
  const inFolder = async (bytes: Uint8Array, work: (source: string, target: string) => Promise<void>): Promise<Buffer> => {
    const own = mkdtempSync(join(folder, 'sign-'));
    try {
      const [source, target] = [join(own, 'source.pdf'), join(own, 'signed.pdf')];
      writeFileSync(source, bytes);
      await work(source, target);
      return readFileSync(target);
    } finally {
      rmSync(own, { recursive: true });
    }
  };
  const signed = (bytes: Uint8Array, id: SignerId, at: Date): Promise<Buffer> =>
    inFolder(bytes, async (source, target) => {
      value(await signFile(deps, { source, target, tsa }, { ...signerOf(id, at), field: { kind: 'new', page: 1 } }, keyOf(id)));
    });
  const textOf = async (bytes: Uint8Array) => {
    const text = await reader.places(bytes);
    if (text.state !== 'read') throw new Error(`a practice document cannot be read: ${text.state}`);
    return text;
  };

  return {
    close: reader.stop,
    partnerFile: async (bytes, state) => {
      const now = systemClock.now();
      switch (state) {
        case 'unsigned':
          return bytes;
        case 'expired':
          return signed(bytes, 'expired', new Date(now.getTime() - twoYears));
        case 'forged':
          return signed(bytes, 'forged', now);
        case 'good':
          return signed(bytes, 'department', now);
        case 'changed':
          return spoilt(await signed(bytes, 'department', now));
      }
    },
    leader: async (bytes, signer, png) => {
      const text = await textOf(bytes);
      const picture = value(readPicture(png, 'signature', 40));
      const reserved = await inFolder(bytes, (source, target) => {
        value(reserveFields({ source, target }, value(reservedPlaces(text, fonts, signer)), fonts));
        return Promise.resolve();
      });
      return inFolder(reserved, async (source, target) => {
        const shown = wishFor(value(showingFor(source, { text, signer, show: { role: 'leader', picture } }, fonts)), fonts);
        value(await signFile(deps, { source, target, tsa }, { ...signerOf('leader', systemClock.now()), ...shown }, keyOf('leader')));
      });
    },
    agency: async (bytes, { code, date, seal }) => {
      const text = await textOf(bytes);
      return inFolder(bytes, async (source, target) => {
        const plan = value(planIssue(source, { text, code, date, seal: value(readPicture(seal, 'seal', 36)) }, fonts));
        value(await issueFile(deps, { source, target, tsa }, plan, signerOf('agency', systemClock.now()), fonts, keyOf('agency')));
      });
    },
  };
}

/** Who believes in the practice day's root, for the length of a call. */
export function practiceAnchors({ pki }: Pick<Authorities, 'pki'>): Anchors {
  const { sha256 } = value(readCertificate(pki.root.der));
  return new Map([[sha256, { name: pki.root.common, sha256, role: 'root', hierarchy: 'added', validFrom: null, validTo: null, source: 'luyện tập', confidence: 'M' }]]);
}

/**
 * The same file with one byte changed that its signature covers: of the comment behind the header (ISO 32000-1 §7.5.2), so that
 * every reader still opens it and only the signature tells.
 */
function spoilt(bytes: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  const place = copy.indexOf('%', 1) + 1;
  copy[place] = (copy[place] ?? 0) ^ 1;
  return copy;
}

function value<T>(outcome: Result<T, unknown>): T {
  if (!outcome.ok) throw new Error(`a practice document cannot be signed: ${JSON.stringify(outcome.failure)}`);
  return outcome.value;
}
