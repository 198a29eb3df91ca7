import { fail, type Failure } from '#contract';
import type { EdxmlDocument, EdxmlUnknown } from './model.ts';
import { outElement, type OutElement } from './out-tree.ts';
import { stepOf, stepsOf, type Step } from './path.ts';

/** Parts that a document has or has not: an echo must not make another receiver, hop or file out of nothing. */
const counted = new Set([
  'edXMLEnvelope/edXMLHeader/MessageHeader/To',
  'edXMLEnvelope/edXMLHeader/MessageHeader/ResponseFor',
  'edXMLEnvelope/edXMLHeader/TraceHeaderList/TraceHeader',
  'edXMLEnvelope/edXMLHeader/TraceHeaderList/Bussiness/BussinessDocumentInfo/ReceiverList/Receiver',
  'edXMLEnvelope/edXMLHeader/TraceHeaderList/Bussiness/ReplacementInfoList/ReplacementInfo',
  'edXMLEnvelope/edXMLBody/edXMLManifest/Reference',
  'AttachmentEncoded/Attachment',
]);

/** What a document that is passed on does not take along. */
const staysBehind = [
  // The receivers change.
  /^edXMLEnvelope\/edXMLHeader\/MessageHeader\/To(\[|\/)/,
  // An instruction to those who had it before.
  /^edXMLEnvelope\/edXMLHeader\/(TraceHeaderList\/)?Bus+iness(\[|\/|$)/,
  // It would vouch for what it does not cover (axis.md §2.4).
  /^edXMLEnvelope\/edXMLHeader\/(\{[^{}]*\})?(Digital)?Signature(\[|\/|$)/,
];

/**
 * What of a received document's unknown parts belongs into the message that passes the same document on, or acts on it
 * again (update, recall): everything but what concerned the receivers, the earlier instruction and the envelope's
 * signature. An answer, which is a status or a document of its own, takes nothing along.
 */
export function echoOf(document: Pick<EdxmlDocument, 'unknown'>): readonly EdxmlUnknown[] {
  return document.unknown.filter(({ path }) => !staysBehind.some((part) => part.test(path)));
}

/**
 * Puts unknown parts back to their places. Fails with `invalid-value` (params element) for a path that is none, or that
 * leads to a receiver, hop or file that the message has not.
 */
export function putUnknown(
  kind: 'document' | 'status',
  root: OutElement,
  unknown: readonly EdxmlUnknown[],
): Failure<'invalid-value'> | undefined {
  // A hostile message has tens of thousands of either: they are looked up, not searched.
  const known = new Map<OutElement, Map<string, OutElement[]>>();
  const set = new Map<OutElement, Map<string, OutElement['attributes'][number]>>();

  function listed(parent: OutElement, { uri, name }: Step): OutElement[] {
    let names = known.get(parent);
    if (names === undefined) {
      names = Map.groupBy(parent.children, (child) => `{${child.uri}}${child.name}`);
      known.set(parent, names);
    }
    const key = `{${uri}}${name}`;
    const list = names.get(key) ?? [];
    names.set(key, list);
    return list;
  }

  function child(parent: OutElement, step: Step, path: string): OutElement | undefined {
    const list = listed(parent, step);
    if (list.length < step.nth && kind === 'document' && counted.has(path)) return undefined;
    while (list.length < step.nth) {
      const made = outElement(step.name, step.uri);
      list.push(made);
      parent.children.push(made);
    }
    return list[step.nth - 1];
  }

  function setAttribute(node: OutElement, { name, uri }: Step, value: string): boolean {
    if (name === 'xmlns') return false;
    const key = `{${uri}}${name}`;
    const names = set.get(node) ?? new Map(node.attributes.map((attribute) => [`{${attribute.uri}}${attribute.name}`, attribute]));
    set.set(node, names);
    const same = names.get(key);
    if (same !== undefined) {
      same.value = value;
      return true;
    }
    const made = { name, uri, value };
    names.set(key, made);
    node.attributes.push(made);
    return true;
  }

  function put(steps: readonly Step[], text: string): boolean {
    let node: OutElement | undefined = root;
    let path = '';
    for (const step of steps) {
      if (step.attribute) return setAttribute(node, step, text);
      path += `${path === '' ? '' : '/'}${stepOf(step.name, step.uri, 1)}`;
      node = child(node, step, path);
      if (node === undefined) return false;
    }
    // What the message itself says stays as it is.
    if (node.text !== '' || node.content !== null) return false;
    node.text = text;
    return true;
  }

  for (const { path, text } of unknown) {
    const steps = stepsOf(path);
    if (steps === null || !put(steps, text)) return fail('invalid-value', { element: path.slice(0, 200) }).failure;
  }
  return undefined;
}
