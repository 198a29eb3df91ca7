import { systemClock } from '../../foundation/clock.ts';
import { issueFile, planIssue, reservedPlaces, reserveFields, type SigningRefusal } from '../../services/signing/index.ts';
import { documentFonts } from '../document-fonts.ts';
import { required, UsageError, type Command, type CommandResult } from './command.ts';
import { evidenceOptions, evidenceUsage, withEvidence } from './evidence.ts';
import { done } from './sentences.ts';
import { fieldIn, told } from './sign.ts';
import { pictureIn, textOf, wantedIn } from './sign-role.ts';
import { refused, textIn, tokenOptions, tokenOrderIn, withPin, withToken } from './sign-token.ts';

export const prepareFields: Command = {
  about: 'Thêm ô số, ngày, tháng và hai ô chữ ký vào tệp PDF trước khi lãnh đạo ký; tệp gốc giữ nguyên. | Add fields for number and date and two signature fields to a PDF before its leader signs; the original stays as it is.',
  usage: 'prepare IN --out OUT [--signer NAME]',
  options: { out: true, signer: true },
  run: async (context) => {
    const [source, other] = context.positionals;
    if (source === undefined || other !== undefined) throw new UsageError('IN');
    const target = required(context, 'out');
    const fonts = documentFonts();
    const places = reservedPlaces((await textOf(source)) ?? { items: [], sheets: [] }, fonts, textIn(context, 'signer'));
    const reserved = places.ok ? reserveFields({ source, target }, places.value, fonts) : places;
    if (!reserved.ok) return toldRefusal(reserved.failure);
    const { path, added } = reserved.value;
    return { ok: true, value: reserved.value, text: done(context, added.length === 0 ? 'prepared-before' : 'prepared', { path, fields: added.join(', ') }) };
  },
};

export const issue: Command = {
  about: 'Cấp số, ngày và đóng dấu cơ quan bằng chữ ký số trong một lần; tệp gốc giữ nguyên. | Enter number and date and sign for the agency in one pass; the original stays as it is.',
  usage:
    `issue IN --out OUT --number CODE --date YYYY-MM-DD --image SEAL.png [--seal-mm N] [--signer NAME] [--field NAME | --page N --rect LEFT,BOTTOM,WIDTH,HEIGHT] --module PATH --token LABEL --cert LABEL|SHA256 --pin-env VAR --level B|T|LT|LTA [--tsa URL] [--kind rsa-pkcs1|rsa-pss|ecdsa] [--digest sha256|sha384|sha512] ${evidenceUsage}`,
  options: { ...tokenOptions, number: true, date: true, image: true, 'seal-mm': true, signer: true, field: true, page: true, rect: true },
  many: evidenceOptions,
  run: (context) => {
    const { level, ...order } = tokenOrderIn(context);
    const { source, target, tsa } = order;
    const code = required(context, 'number');
    const date = required(context, 'date');
    const place = wantedIn(context, fieldIn(textIn(context, 'field'), textIn(context, 'page'), textIn(context, 'rect')));
    return withPin(context, async (pin) => {
      const seal = pictureIn(context, 'seal');
      if ('ok' in seal) return seal;
      const text = await textOf(source);
      const signer = textIn(context, 'signer');
      const fonts = documentFonts();
      const plan = planIssue(source, { code, date, seal, ...(text && { text }), ...(place && { place }), ...(signer === undefined ? {} : { signer }) }, fonts);
      if (!plan.ok) return toldRefusal(plan.failure);
      const { kind, steps } = plan.value;
      return withToken(
        order,
        pin,
        async (token) => {
          const wish = { level, ...token.signer, at: systemClock.now() };
          const issued = await withEvidence(context, (deps) => issueFile({ ...deps, evidence: deps }, { source, target, tsa }, plan.value, wish, fonts, token.sign));
          if (!issued.ok) return refused(issued.failure, order.module);
          const answer = told(context, issued.value);
          return answer.ok ? { ...answer, value: { ...issued.value, kind } } : answer;
        },
        steps.length > 1,
      );
    });
  },
};

function toldRefusal({ code, ...params }: SigningRefusal): CommandResult {
  return { ok: false, code: `sign-${code}`, params };
}
