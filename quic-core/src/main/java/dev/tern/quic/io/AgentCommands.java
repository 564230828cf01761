package dev.tern.quic.io;

import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** What other threads want the agent to do, in the order in which they asked. */
final class AgentCommands {
    private static final int CHUNK = 256;

    private final Queue<Runnable> queue = new MpscUnboundedVarHandleArrayQueue<>(CHUNK);
    private volatile boolean closed;

    /** A command whose result somebody waits for. */
    private static final class Call<T> extends CompletableFuture<T> implements Runnable {
        private final Callable<T> body;

        Call(Callable<T> body) {
            this.body = body;
        }

        @Override
        public void run() {
            try {
                complete(body.call());
            } catch (Exception e) {
                completeExceptionally(e);
            }
        }

        void reject() {
            completeExceptionally(rejection());
        }
    }

    void add(Runnable command) {
        if (closed) {
            throw rejection();
        }
        queue.offer(command);
    }

    <T> CompletableFuture<T> add(Callable<T> body) {
        Call<T> call = new Call<>(body);
        queue.offer(call);
        if (closed) {
            call.reject(); // nobody may look into the queue again; a second completion is no harm
        }
        return call;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Agent: does what is in the queue now; what that adds has its turn next time. */
    int run() {
        int count = 0;
        Runnable command;
        while (count < CHUNK && (command = queue.poll()) != null) {
            count++;
            command.run();
        }
        return count;
    }

    /** Agent: nothing more will be done. */
    void close() {
        closed = true;
        Runnable command;
        while ((command = queue.poll()) != null) {
            if (command instanceof Call<?> call) {
                call.reject();
            }
        }
    }

    private static RejectedExecutionException rejection() {
        return new RejectedExecutionException("the agent has ended");
    }
}
