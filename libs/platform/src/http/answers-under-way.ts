import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The answers that each connection waits for. */
export class AnswersUnderWay {
  private readonly bySocket = new WeakMap<Socket, Set<ServerResponse>>();

  add(answer: ServerResponse): void {
    const { socket } = answer.req;
    const answers = this.bySocket.get(socket) ?? new Set();
    this.bySocket.set(socket, answers.add(answer));
    answer.once('close', () => answers.delete(answer));
  }

  /** Whether an answer has begun on a connection and not ended: whatever else is written there is read as a part of it. */
  hasBegun(socket: Socket): boolean {
    const answers = [...(this.bySocket.get(socket) ?? [])];
    return answers.some((answer) => answer.headersSent && answer.socket === socket);
  }
}
