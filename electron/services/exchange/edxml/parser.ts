import { SaxesParser, type SaxesTagNS } from 'saxes';
import { fail, type Failure } from '#contract';
import type { AttachmentFacts, AttachmentSink } from './attachment-sink.ts';
import { edxmlNamespace, type EdxmlReadCode } from './model.ts';
import { element, type Attribute, type Element } from './tree.ts';
import { bareContentId } from './values.ts';

export type ReadLimits = {
  /** characters of metadata text, each element counted as 64 */
  readonly metadataChars: number;
  /** nesting of elements */
  readonly depth: number;
  /** bytes of a file taken out of its transport ZIP */
  readonly unzippedBytes: number;
  /** attachments */
  readonly attachments: number;
};

/** Far above any real message, low enough to keep a hostile one from filling the memory. */
export const defaultReadLimits: ReadLimits = {
  metadataChars: 4_000_000,
  depth: 64,
  unzippedBytes: 256 * 1024 * 1024,
  // Each becomes a file that must reach the disk; a message of empty ones would keep a station busy for minutes.
  attachments: 1000,
};

export type EdxmlParser = {
  /** Parses the next piece of text. After a failure nothing more may be fed. */
  readonly feed: (text: string) => Failure<EdxmlReadCode> | undefined;
  /** Whether the next piece lies in the content of an attachment and nothing odd was met there yet. */
  readonly inRun: () => boolean;
  /**
   * Takes a piece of such a run without the detour over XML; only while `inRun`. False, and nothing taken, when it is
   * not Base64 letters alone: it must then be fed.
   */
  readonly run: (letters: string) => boolean;
  /** Says that the input is over. */
  readonly finish: () => Failure<EdxmlReadCode> | undefined;
  /** The metadata; call after a successful `finish`. */
  readonly root: () => Element;
};

const notBase64 = /[^A-Za-z0-9+/=\s]/g;
/** White space as a reference: .NET writes the line breaks of Base64 so. */
const whiteReference = /&#(?:0*(?:9|10|13|32)|x0*(?:9|a|d|20));/iy;
/** What may still become one; the leading zeros are bounded, so that nothing is kept for long. */
const whiteBegun = /^&(?:#(?:x?[0-9a-f]{0,6})?)?$/i;
/** Ends the work of saxes early; never leaves this file. */
const stopped = new Error('stopped');
const ordinaryPath = 1000;
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

/**
 * Metadata becomes a small tree, attachment content goes to the sink piece by piece. saxes keeps a text node until
 * its end, which for an attachment would be the whole file; so the run of Base64 after a content element's tag is
 * taken before it gets there. Anything odd inside (entities, comments, CDATA) goes the ordinary way.
 * @param isWide whether the text came as UTF-16: it may then say so of itself
 */
export function edxmlParser(sink: AttachmentSink, limits: ReadLimits, isWide: () => boolean): EdxmlParser {
  const parser = newSaxesParser();
  const open: Element[] = [];
  let root: Element | undefined;
  let failure: Failure<EdxmlReadCode> | undefined;
  let seen = false;
  let closed = false;
  let chars = 0;
  let attachments = 0;
  /** characters given to saxes since it last had something to say; it keeps them until then */
  let pending = 0;
  let inContent = false;
  let bypass = false;
  /** the beginning of a reference at the end of the piece before */
  let begun = '';

  function stop(found: Failure<EdxmlReadCode> | undefined): void {
    failure ??= found;
  }

  function account(size: number): void {
    chars += size;
    if (chars > limits.metadataChars) stop(fail('too-large', { element: 'edXMLEnvelope' }).failure);
  }

  function facts(): AttachmentFacts {
    const attachment = open.find((node) => node.name === 'Attachment');
    const value = (name: string): string => firstOf(attachment, name)?.text ?? '';
    return {
      contentId: bareContentId(value('ContentId')),
      name: value('AttachmentName'),
      description: value('Description'),
      contentType: value('ContentType'),
    };
  }

  function takeText(text: string): void {
    pending = 0;
    if (failure !== undefined) return;
    if (inContent) {
      stop(sink.text(text, facts));
      return;
    }
    const node = open.at(-1);
    if (node === undefined) return;
    account(text.length);
    node.text += text;
  }

  parser.on('xmldecl', (declaration) => {
    const encoding = declaration.encoding ?? 'UTF-8';
    const fits = isWide() ? /^utf-?(8|16(le|be)?)$/i : /^(utf-?8|us-ascii|ascii)$/i;
    if (!fits.test(encoding)) {
      stop(fail('not-utf8', { element: 'xml', value: encoding.slice(0, 100) }).failure);
    }
  });
  parser.on('doctype', () => stop(fail('doctype').failure));
  parser.on('error', (error) => {
    stop(fail('not-xml', { value: error.message.slice(0, 200) }).failure);
    // saxes would go on and complain about every letter to come.
    throw stopped;
  });
  parser.on('text', takeText);
  parser.on('cdata', takeText);
  parser.on('comment', (text) => {
    pending = 0;
    account(text.length);
  });
  parser.on('processinginstruction', ({ target, body }) => {
    pending = 0;
    account(target.length + body.length);
  });
  parser.on('attribute', ({ name, value }) => {
    account(64 + name.length + value.length);
    // A tag is told of only at its end, which may be far away.
    if (failure !== undefined) throw stopped;
  });
  parser.on('opentag', (tag) => {
    pending = 0;
    if (failure !== undefined) return;
    const node = element(tag.local, tag.uri, attributesOf(tag));
    const parent = open.at(-1);
    if (parent === undefined) {
      if (tag.local !== 'edXML' || tag.uri !== edxmlNamespace) {
        stop(fail('wrong-root', { element: tag.local.slice(0, 100), value: tag.uri.slice(0, 200) }).failure);
      }
      root = node;
    } else if (inContent) {
      stop(fail('invalid-base64', { element: 'ContentTransferEncoded', value: '<', attachment: facts().name }).failure);
    } else parent.children.push(node);
    open.push(node);
    account(64);
    for (const { uri } of node.attributes) account(uri.length);
    // Every unknown part carries the path to it; only such as no message has are counted.
    account(Math.max(0, open.reduce((sum, { name, uri }) => sum + name.length + uri.length, 0) - ordinaryPath));
    if (open.length > limits.depth) stop(fail('too-large', { element: node.name.slice(0, 100) }).failure);
    if (isAttachment(open)) {
      attachments += 1;
      if (attachments > limits.attachments) stop(fail('too-large', { element: 'AttachmentEncoded' }).failure);
      else sink.begin();
    }
    if (isContent(open)) {
      if (parent?.children.some((child) => child !== node && child.uri === '' && child.name === node.name) === true) {
        stop(fail('invalid-value', { element: 'ContentTransferEncoded', value: facts().name }).failure);
      }
      node.taken = true;
      node.read = true;
      inContent = true;
      bypass = true;
    }
  });
  parser.on('closetag', () => {
    pending = 0;
    if (failure !== undefined) return;
    if (isContent(open)) {
      inContent = false;
      bypass = false;
      stop(sink.contentEnd(facts));
    }
    if (isAttachment(open)) {
      sink.end(facts());
      markFacts(open.at(-1));
    }
    open.pop();
    if (open.length === 0) closed = true;
  });

  /** Takes what can be taken of content without saxes, from `at`; answers where that ends. */
  function bypassed(text: string, at: number): number {
    notBase64.lastIndex = at;
    const end = notBase64.exec(text)?.index ?? text.length;
    if (end > at) stop(sink.text(text.slice(at, end), facts));
    if (end === text.length || failure !== undefined) return end;
    whiteReference.lastIndex = end;
    const white = whiteReference.exec(text);
    if (white !== null) return end + white[0].length;
    const rest = text.slice(end, end + 10);
    if (end + rest.length === text.length && whiteBegun.test(rest)) {
      begun = rest;
      return text.length;
    }
    bypass = false;
    return end;
  }

  /** Lets saxes work until there is something to complain about. */
  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error !== stopped) throw error;
    }
  }

  function parse(text: string): void {
    pending += text.length;
    guarded(() => parser.write(text));
    // Content that must go the ordinary way may be as large as a file that is held for its ZIP.
    if (pending > (inContent ? limits.unzippedBytes : limits.metadataChars)) {
      stop(fail('too-large', { element: open.at(-1)?.name.slice(0, 100) ?? 'edXML' }).failure);
    }
  }

  return {
    feed(piece) {
      if (piece !== '') seen = true;
      const text = begun + piece;
      begun = '';
      let at = 0;
      while (at < text.length && failure === undefined) {
        if (bypass) {
          at = bypassed(text, at);
          continue;
        }
        // One tag at a time, so that the content after a tag can be seen before saxes has it.
        const end = text.indexOf('>', at) + 1 || text.length;
        parse(text.slice(at, end));
        at = end;
      }
      return failure;
    },
    inRun: () => bypass && begun === '' && failure === undefined,
    run: (letters) => sink.plain(letters, facts),
    finish() {
      if (failure !== undefined) return failure;
      if (!seen) return fail('not-xml', { value: 'empty' }).failure;
      if (!closed) return fail('truncated').failure;
      guarded(() => parser.close());
      return failure;
    },
    root() {
      if (root === undefined) throw new Error('asked for the root before the end');
      return root;
    },
  };
}

/**
 * saxes sets its handlers by computed names, and an object that gets so many properties that way is kept as a dictionary:
 * every step of the parser then takes twice as long. So the properties are made here, by their names.
 */
function newSaxesParser(): SaxesParser<{ xmlns: true; position: false }> {
  const parser = new SaxesParser({ xmlns: true, position: false } as const);
  const handlers = parser as unknown as Record<string, undefined>;
  handlers['xmldeclHandler'] = undefined;
  handlers['doctypeHandler'] = undefined;
  handlers['errorHandler'] = undefined;
  handlers['textHandler'] = undefined;
  handlers['cdataHandler'] = undefined;
  handlers['commentHandler'] = undefined;
  handlers['piHandler'] = undefined;
  handlers['attributeHandler'] = undefined;
  handlers['openTagHandler'] = undefined;
  handlers['closeTagHandler'] = undefined;
  return parser;
}

/** `edXML/AttachmentEncoded/Attachment` */
function isAttachment(open: readonly Element[]): boolean {
  return open.length === 3 && open[1]?.name === 'AttachmentEncoded' && open[1].uri === '' && open[2]?.name === 'Attachment' && open[2].uri === '';
}

function isContent(open: readonly Element[]): boolean {
  return open.length === 4 && open[3]?.name === 'ContentTransferEncoded' && open[3].uri === '' && isAttachment(open.slice(0, 3));
}

function markFacts(attachment: Element | undefined): void {
  if (attachment === undefined) return;
  attachment.taken = true;
  for (const name of ['ContentId', 'AttachmentName', 'Description', 'ContentType']) {
    const fact = firstOf(attachment, name);
    if (fact === undefined) continue;
    fact.taken = true;
    fact.read = true;
  }
}

function firstOf(parent: Element | undefined, name: string): Element | undefined {
  return parent?.children.find((child) => child.uri === '' && child.name === name);
}

/** Without the namespace declarations, which say nothing by themselves. */
function attributesOf(tag: SaxesTagNS): readonly Attribute[] {
  return Object.values(tag.attributes)
    .filter(({ uri }) => uri !== xmlnsNamespace)
    .map(({ local, uri, value }) => ({ name: local, uri, value }));
}
