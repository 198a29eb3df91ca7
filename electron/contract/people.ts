import { z } from 'zod';
import { Confidence } from './calendar.ts';
import { command, eventStream, query } from './define.ts';
import { Role } from './rights.ts';
import { Day, Empty, Id, Instant } from './shared.ts';

const Name = z.string().trim().min(1).max(200);
const Words = z.string().trim().max(200);
const Reason = z.string().trim().min(1).max(500);

/** What an office is called and how its documents are headed (NĐ 30/2020 annex I part II.2, II.4, II.7). */
const officeFields = {
  /** code of QĐ 20/2020, and the dotted one of before */
  organId: z.string().trim().regex(/^[A-Z0-9.]{0,35}$/),
  formerOrganId: z.string().trim().regex(/^[A-Z0-9.]{0,35}$/),
  name: Name,
  /** cơ quan chủ quản */
  parentName: Words,
  abbreviation: z.string().trim().max(30),
  /** địa danh */
  place: Words,
  fondsCode: z.string().trim().max(50),
  /** the body that decides together, as it stands after TM., e.g. `Ủy ban nhân dân`; empty where one head decides alone */
  collective: Words,
  /** position of the head, e.g. `Chủ tịch` */
  headPosition: Words,
};

/** This office or one of those it follows. Days are inclusive; null: since ever, or still. */
export const Office = z.strictObject({
  id: Id,
  ...officeFields,
  validFrom: Day.nullable(),
  validTo: Day.nullable(),
  predecessor: Id.nullable(),
  /** the office that took over from it; several may have gone into one */
  successor: Id.nullable(),
});
export type Office = z.infer<typeof Office>;

/** What somebody is in the office, as far as signing depends on it (NĐ 30/2020 art. 13). */
export const Standing = z.enum(['head', 'acting-head', 'deputy', 'unit-head', 'acting-unit-head', 'unit-deputy', 'staff']);
export type Standing = z.infer<typeof Standing>;

export const Unit = z.strictObject({
  id: Id,
  office: Id,
  name: z.string(),
  abbreviation: z.string(),
  /** position of its head, e.g. `Chánh Văn phòng` */
  headPosition: z.string(),
  validFrom: Day.nullable(),
  validTo: Day.nullable(),
  /** names it had before, each with the last day of it, oldest first */
  past: z.array(z.strictObject({ name: z.string(), abbreviation: z.string(), until: Day })),
});
export type Unit = z.infer<typeof Unit>;

export const AccountState = z.enum(['usable', 'to-change', 'locked', 'idle']);

export const Person = z.strictObject({
  id: Id,
  name: z.string(),
  position: z.string(),
  standing: Standing,
  unit: Id.nullable(),
  roles: z.array(Role),
  validFrom: Day.nullable(),
  validTo: Day.nullable(),
  past: z.array(
    z.strictObject({ name: z.string(), position: z.string(), standing: Standing, unit: Id.nullable(), until: Day }),
  ),
  /** null: cannot sign in */
  account: z.strictObject({ state: AccountState, lastSignInAt: Instant.nullable() }).nullable(),
});
export type Person = z.infer<typeof Person>;

const Staff = z.strictObject({ units: z.array(Unit), persons: z.array(Person) });

const unitFields = { name: Name, abbreviation: z.string().trim().max(30), headPosition: Words };
const personFields = {
  name: z.string().trim().min(1).max(50),
  position: Words,
  standing: Standing,
  unit: Id.nullable(),
  roles: z.array(Role).max(5),
};
/** From when a change holds: what was before is kept until the day before. Null: a correction of what was never right. */
const since = { since: Day.nullable() };

export const ImportProblem = z.enum([
  'no-name',
  'name-too-long',
  'unit-unknown',
  'role-unknown',
  'known-already',
  'twice-in-table',
]);
/** A line of a pasted table: name; position; unit; roles. A bad one says why and is left out. */
const ImportRow = z.strictObject({
  line: z.number().int(),
  name: z.string(),
  position: z.string(),
  unit: z.string(),
  roles: z.array(Role),
  problem: ImportProblem.nullable(),
  /** the word that was not understood */
  about: z.string(),
});
const ImportText = { text: z.string().min(1).max(200_000), addUnits: z.boolean() };

/** KT. ký thay, TL. thừa lệnh, TUQ. thừa ủy quyền. */
export const DelegationKind = z.enum(['KT', 'TL', 'TUQ']);
export type DelegationKind = z.infer<typeof DelegationKind>;

const delegationFields = {
  kind: DelegationKind,
  giver: Id,
  taker: Id,
  validFrom: Day,
  validTo: Day.nullable(),
  /** sign, or direct what comes in */
  acts: z.array(z.enum(['sign', 'direct'])).min(1).max(2),
  /** kinds of documents, e.g. `Công văn`; empty: all that the content covers */
  types: z.array(z.string().trim().min(1).max(100)).max(50),
  /** field of work or content, in words */
  content: z.string().trim().max(1000),
  /** the decision or working rules that say so, e.g. `QĐ 12/QĐ-UBND ngày 05/01/2026` */
  basis: z.string().trim().max(300),
};
export const Delegation = z.strictObject({
  id: Id,
  ...delegationFields,
  giverName: z.string(),
  takerName: z.string(),
  endedReason: z.string(),
});
export type Delegation = z.infer<typeof Delegation>;

/** What a delegation must have; the sentence of `delegation-rule` has one for each. */
export const DelegationRule = z.enum(['giver', 'taker', 'same', 'limited', 'content', 'basis', 'passedOn', 'needsOrder', 'days']);

export const SigningRuleName = z.enum(['TM', 'head', 'Q', 'KT', 'TL', 'TL-KT', 'TUQ']);
export type SigningRuleName = z.infer<typeof SigningRuleName>;

/** Under what a person signs on a day, and what stands above the name. */
export const SigningAnswer = z.discriminatedUnion('may', [
  z.strictObject({
    may: z.literal(true),
    rule: SigningRuleName,
    /** lines of authority, top to bottom, e.g. `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH` */
    authority: z.array(z.string()),
    /** the line under them, e.g. `PHÓ CHỦ TỊCH` */
    position: z.string(),
    /** what was delegated, in words of the record; empty for a right of one's own */
    content: z.string(),
    basis: z.string(),
  }),
  z.strictObject({ may: z.literal(false), reason: z.enum(['not-in-office', 'no-delegation', 'no-authority', 'head-position-missing']) }),
]);
export type SigningAnswer = z.infer<typeof SigningAnswer>;

/** Names that may stand on the sign-in screen, before anybody signed in. */
const SignInName = z.strictObject({ id: Id, name: z.string(), position: z.string() });

export const Session = z.strictObject({
  /** `one-operator`: nobody has a password, so the station asks for none and everybody may do everything */
  state: z.enum(['one-operator', 'signed-out', 'signed-in', 'to-change', 'locked']),
  person: SignInName.nullable(),
  roles: z.array(Role),
  /** minutes without a touch until the window locks; 0: never */
  lockMinutes: z.number().int(),
  names: z.array(SignInName),
});
export type Session = z.infer<typeof Session>;

/** QCVN 12:2026/BCA 3.7: at least eight characters of four classes. Judged by `passwordFaults`. */
const Password = z.string().max(200);

export const AccountRules = z.strictObject({
  lockMinutes: z.number().int().min(0).max(480),
  maxTries: z.number().int().min(3).max(20),
  /** days without signing in until an account is closed; 0: never */
  idleDays: z.number().int().min(0).max(365),
  /** days after which an administrator must choose another password; 0: never */
  administratorDays: z.number().int().min(0).max(365),
});
export type AccountRules = z.infer<typeof AccountRules>;

const Kind = z.enum(['office', 'unit', 'person']);
const Days = 'days-crossed';

export const people = {
  /** This office first, then those before it. */
  offices: query(Empty, z.array(Office)),
  /** `id` null writes down an office of before, which must have ended. */
  saveOffice: command(
    z.strictObject({ id: Id.nullable(), ...officeFields, validFrom: Day.nullable(), validTo: Day.nullable(), successor: Id.nullable() }),
    Office,
    ['not-found', 'practice-fixed', 'office-not-ended', Days],
    { audited: true },
  ),
  /** Ends this office on the day before and begins its successor, as in the mergers of 2025; registers of the old one close. */
  succeedOffice: command(
    z.strictObject({ firstDay: Day, ...officeFields, keepUnits: z.boolean(), reason: Reason }),
    z.strictObject({ office: Office, closedSeries: z.number().int() }),
    ['practice-fixed', 'day-ahead', Days],
    { audited: true },
  ),
  /** Units and persons of this office in their order; `ended` adds those that are no more. */
  staff: query(z.strictObject({ ended: z.boolean() }), Staff),
  saveUnit: command(
    z.strictObject({ id: Id.nullable(), ...unitFields, validFrom: Day.nullable(), ...since }),
    Unit,
    ['not-found', 'unit-name-taken', 'day-ahead', Days],
    { audited: true },
  ),
  savePerson: command(
    z.strictObject({ id: Id.nullable(), ...personFields, validFrom: Day.nullable(), ...since }),
    Person,
    ['not-found', 'unit-unknown', 'account-name-taken', 'last-administrator', 'day-ahead', Days],
    { audited: true },
  ),
  /** Puts units, or persons, in this order. */
  reorder: command(z.strictObject({ kind: z.enum(['unit', 'person']), ids: z.array(Id).max(2000) }), Empty, [], { audited: true }),
  /** Ends a unit or a person after a day; everything of before stays as it is. */
  endValidity: command(
    z.strictObject({ kind: z.enum(['unit', 'person']), id: Id, lastDay: Day, reason: Reason }),
    Empty,
    ['not-found', 'last-administrator', 'unit-has-persons', 'day-ahead', Days],
    { audited: true },
  ),
  /** Removes what was entered by mistake and nothing refers to. */
  remove: command(z.strictObject({ kind: Kind, id: Id }), Empty, ['not-found', 'office-used', 'unit-used', 'person-used'], {
    audited: true,
  }),
  previewImport: query(z.strictObject(ImportText), z.array(ImportRow)),
  /** Takes over the good lines of a pasted table. */
  importPeople: command(
    z.strictObject(ImportText),
    z.strictObject({ added: z.number().int(), leftOut: z.number().int(), units: z.number().int() }),
    ['import-empty'],
    { audited: true },
  ),
  delegations: query(z.strictObject({ ended: z.boolean() }), z.array(Delegation)),
  addDelegation: command(z.strictObject(delegationFields), Delegation, ['not-found', 'delegation-rule'], { audited: true }),
  endDelegation: command(z.strictObject({ id: Id, lastDay: Day, reason: Reason }), Delegation, ['not-found', Days], {
    audited: true,
  }),
  /** The rules by which signing lines are made, each with its source. */
  signingRules: query(
    Empty,
    z.array(z.strictObject({ name: SigningRuleName, example: z.array(z.string()), source: z.string(), confidence: Confidence })),
  ),
  signingLines: query(
    z.strictObject({ person: Id, day: Day, typeName: z.string().max(100), collective: z.boolean() }),
    SigningAnswer,
    ['not-found'],
  ),
  accountRules: query(Empty, AccountRules),
  saveAccountRules: command(AccountRules, AccountRules, [], { audited: true }),
  session: query(Empty, Session),
  /**
   * Gives a person a password for the first time or in place of a lost one. Others than oneself must change it at the
   * next sign-in. The first one must be an administrator's.
   */
  setPassword: command(
    z.strictObject({ person: Id, password: Password }),
    Empty,
    ['not-found', 'password-weak', 'password-used-before', 'first-account-administrator', 'account-name-taken'],
    { sensitive: true, audited: true },
  ),
  signIn: command(
    z.strictObject({ person: Id, password: Password }),
    Session,
    ['sign-in-wrong', 'sign-in-wait', 'account-locked', 'account-idle'],
    { sensitive: true, audited: true },
  ),
  changePassword: command(
    z.strictObject({ old: Password, password: Password }),
    Session,
    ['sign-in-wrong', 'sign-in-wait', 'account-locked', 'password-weak', 'password-used-before'],
    { sensitive: true, audited: true },
  ),
  /** Opens an account that was locked after wrong tries, or closed as nobody used it. */
  unlockAccount: command(z.strictObject({ person: Id }), Empty, ['not-found'], { audited: true }),
  /** Takes the password away. With the last one the station asks for none any more. */
  removeAccount: command(z.strictObject({ person: Id, reason: Reason }), Empty, ['not-found', 'last-administrator'], {
    audited: true,
  }),
  /** Covers the window; the same person goes on where he was. */
  lock: command(Empty, Session, [], { audited: true }),
  signOut: command(Empty, Session, [], { audited: true }),
};

export const peopleEvents = {
  /** Who is signed in, whenever that or the names on the sign-in screen changed. */
  session: eventStream(Session, Session),
};
