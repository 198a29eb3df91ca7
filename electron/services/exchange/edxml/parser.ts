import { SaxesParser } from 'saxes';
import { fail, type Failure } from '#contract';
import type { AttachmentFacts, AttachmentSink } from './attachment-sink.ts';
import { edxmlNamespace, type EdxmlReadCode } from './model.ts';
import { element, type Element } from './tree.ts';
import { bareContentId } from './values.ts';

export type ReadLimits = {
  /** characters of metadata text, each element counted as 64 */
  readonly metadataChars: number;
  /** nesting of elements */
  readonly depth: number;
  /** bytes of a file taken out of its transport ZIP */
  readonly unzippedBytes: number;
};

/** Far above any real message, low enough to keep a hostile one from filling the memory. */
export const defaultReadLimits: ReadLimits = {
  metadataChars: 4_000_000,
  depth: 64,
  unzippedBytes: 256 * 1024 * 1024,
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

/**
 * Metadata becomes a small tree, attachment content goes to the sink piece by piece. saxes keeps a text node until
 * its end, which for an attachment would be the whole file; so the run of Base64 after a content element's tag is
 * taken before it gets there. Anything odd inside (entities, comments, CDATA) goes the ordinary way.
 */
export function edxmlParser(sink: AttachmentSink, limits: ReadLimits): EdxmlParser {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: Element[] = [];
  let root: Element | undefined;
  let failure: Failure<EdxmlReadCode> | undefined;
  let seen = false;
  let closed = false;
  let chars = 0;
  let inContent = false;
  let bypass = false;

  function stop(found: Failure<EdxmlReadCode> | undefined): void {
    failure ??= found;
  }

  function account(size: number): void {
    chars += size;
    if (chars > limits.metadataChars) stop(fail('too-large', { element: 'edXMLEnvelope' }).failure);
  }

  function facts(): AttachmentFacts {
    const attachment = open.find((node) => node.name === 'Attachment');
    const value = (name: string): string => attachment?.children.find((child) => child.name === name)?.text ?? '';
    return {
      contentId: bareContentId(value('ContentId')),
      name: value('AttachmentName'),
      description: value('Description'),
      contentType: value('ContentType'),
    };
  }

  function takeText(text: string): void {
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
    if (!/^(utf-?8|us-ascii|ascii)$/i.test(encoding)) {
      stop(fail('not-utf8', { element: 'xml', value: encoding.slice(0, 100) }).failure);
    }
  });
  parser.on('doctype', () => stop(fail('doctype').failure));
  parser.on('error', (error) => stop(fail('not-xml', { value: error.message.slice(0, 200) }).failure));
  parser.on('text', takeText);
  parser.on('cdata', takeText);
  parser.on('opentag', (tag) => {
    if (failure !== undefined) return;
    const node = element(tag.local, tag.uri === edxmlNamespace || tag.uri === '');
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
    if (open.length > limits.depth) stop(fail('too-large', { element: node.name.slice(0, 100) }).failure);
    if (isAttachment(open)) sink.begin();
    if (isContent(open)) {
      if (parent?.children.some((child) => child !== node && child.name === node.name) === true) {
        stop(fail('invalid-value', { element: 'ContentTransferEncoded', value: facts().name }).failure);
      }
      node.taken = true;
      inContent = true;
      bypass = true;
    }
  });
  parser.on('closetag', () => {
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

  return {
    feed(text) {
      if (text !== '') seen = true;
      let at = 0;
      while (at < text.length && failure === undefined) {
        if (bypass) {
          notBase64.lastIndex = at;
          const end = notBase64.exec(text)?.index ?? text.length;
          if (end > at) stop(sink.text(text.slice(at, end), facts));
          at = end;
          if (end < text.length) bypass = false;
          continue;
        }
        // One tag at a time, so that the content after a tag can be seen before saxes has it.
        const end = text.indexOf('>', at) + 1 || text.length;
        parser.write(text.slice(at, end));
        at = end;
      }
      return failure;
    },
    inRun: () => bypass && failure === undefined,
    run: (letters) => sink.plain(letters, facts),
    finish() {
      if (failure !== undefined) return failure;
      if (!seen) return fail('not-xml', { value: 'empty' }).failure;
      if (!closed) return fail('truncated').failure;
      parser.close();
      return failure;
    },
    root() {
      if (root === undefined) throw new Error('asked for the root before the end');
      return root;
    },
  };
}

/** `edXML/AttachmentEncoded/Attachment` */
function isAttachment(open: readonly Element[]): boolean {
  return open.length === 3 && open[1]?.name === 'AttachmentEncoded' && open[2]?.name === 'Attachment' && open[2].ours;
}

function isContent(open: readonly Element[]): boolean {
  return open.length === 4 && open[3]?.name === 'ContentTransferEncoded' && open[3].ours && isAttachment(open.slice(0, 3));
}

function markFacts(attachment: Element | undefined): void {
  for (const child of attachment?.children ?? []) {
    if (['ContentId', 'AttachmentName', 'Description', 'ContentType'].includes(child.name)) child.taken = true;
  }
}
