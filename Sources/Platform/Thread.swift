import CLinux
import Glibc

/// A thread of our own, for what blocks. Somebody has to `join` it.
package struct Thread: Sendable {
    private let identifier: pthread_t

    /// The name shows in `top -H`: 15 bytes at most.
    package init(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
        var identifier = pthread_t()
        let box = unsafe Unmanaged.passRetained(Body(name: name, run: body))
        let code = unsafe pthread_create(
            &identifier, nil,
            { box in
                let body = unsafe Unmanaged<Body>.fromOpaque(box!).takeRetainedValue()
                unsafe clinux_set_thread_name(body.name)
                body.run()
                return nil
            }, box.toOpaque())
        guard code == 0 else {
            unsafe box.release()
            throw SystemError("pthread_create", code: code)
        }
        self.identifier = identifier
    }

    /// Waits until the thread has ended; on the thread itself, lets it end without anybody waiting. Once only.
    package func join() {
        guard pthread_equal(identifier, pthread_self()) == 0 else {
            pthread_detach(identifier)
            return
        }
        pthread_join(identifier, nil)
    }

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }
}
