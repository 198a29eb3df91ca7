import { crc32, deflateSync } from 'node:zlib';

export type MadePng = {
  readonly width: number;
  readonly height: number;
  /** colour of a pixel; alpha 0 is transparent */
  readonly pixel?: (x: number, y: number) => readonly [red: number, green: number, blue: number, alpha: number];
  /** default: with alpha */
  readonly alpha?: boolean;
};

/** A PNG, 8 bits per channel (ISO/IEC 15948). */
export function madePng({ width, height, pixel = () => [20, 40, 160, 255], alpha = true }: MadePng): Buffer {
  const channels = alpha ? 4 : 3;
  const rows = Buffer.alloc((width * channels + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      Buffer.from(pixel(x, y).slice(0, channels)).copy(rows, y * (width * channels + 1) + 1 + x * channels);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(8, 8);
  head.writeUInt8(alpha ? 6 : 2, 9);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const made = Buffer.alloc(body.length + 8);
  made.writeUInt32BE(data.length, 0);
  body.copy(made, 4);
  made.writeUInt32BE(crc32(body), body.length + 4);
  return made;
}

/** A round red seal of an invented office: a ring and a star, on nothing. */
export function sealPicture(size = 360): Buffer {
  return madePng({ width: size, height: size, pixel: (x, y) => [200, 20, 30, inSeal(x / size - 0.5, y / size - 0.5) ? 230 : 0] });
}

function inSeal(x: number, y: number): boolean {
  const far = Math.hypot(x, y);
  if (far > 0.49) return false;
  if (far > 0.455 || (far > 0.31 && far < 0.325)) return true;
  const turn = (Math.atan2(x, -y) + 2 * Math.PI) % ((2 * Math.PI) / 5);
  const off = Math.abs(turn - Math.PI / 5) / (Math.PI / 5);
  return far < 0.075 + 0.125 * off ** 2;
}

/** A blue stroke like a signature, on nothing. */
export function signaturePicture(width = 480, height = 200): Buffer {
  const line = (x: number): number => height * (0.5 + 0.32 * Math.sin(x / 21) * Math.cos(x / 93));
  return madePng({ width, height, pixel: (x, y) => [25, 50, 170, Math.abs(y - line(x)) < 5 ? 255 : 0] });
}
