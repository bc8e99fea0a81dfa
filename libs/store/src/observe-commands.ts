import type { MongoClient } from 'mongodb';

/** Who hears of each command to MongoDB when it has ended. */
export interface CommandObserver {
  commandEnded(command: string, tookMs: number, isOk: boolean): void;
}

/** Tells of the commands of a client that was made with `monitorCommands`. */
export function observeCommands(client: MongoClient, observer: CommandObserver): void {
  client.on('commandSucceeded', ({ commandName, duration }) =>
    observer.commandEnded(commandName, duration, true),
  );
  client.on('commandFailed', ({ commandName, duration }) =>
    observer.commandEnded(commandName, duration, false),
  );
}
