import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** An SMTP server on loopback that takes every mail. */
export interface MailServer {
  readonly port: number;
  /** Whole mails, envelope first. */
  readonly mails: readonly string[];
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    converse(socket, (mail) => mails.push(mail));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A server that listens on TCP has an address of this kind.
    port: (server.address() as AddressInfo).port,
    mails,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Just enough of the protocol: every command is fine, and a mail ends with a line that is a dot. */
function converse(socket: Socket, take: (mail: string) => void): void {
  let envelope = '';
  let body: string | undefined;
  let rest = '';
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 mail.example.com');
  socket.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (body !== undefined && line !== '.') {
        body += `${line}\n`;
      } else if (body !== undefined) {
        take(`${envelope}\n${body}`);
        [envelope, body] = ['', undefined];
        say('250 taken');
      } else if (line === 'DATA') {
        body = '';
        say('354 go on');
      } else {
        if (/^(MAIL|RCPT)/.test(line)) envelope += `${line}\n`;
        say(line === 'QUIT' ? '221 bye' : '250 fine');
      }
    }
  });
}
