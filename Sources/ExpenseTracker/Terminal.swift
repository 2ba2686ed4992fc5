import Glibc

/// What a command says to the person who runs it.
enum Terminal {
    /// Lines on standard output, written at once, so that whoever reads along does not wait for a full
    /// buffer.
    static func print(_ text: String) {
        write(text + "\n", to: STDOUT_FILENO)
    }

    /// A question on standard error, so that it does not mix with what is printed.
    static func ask(_ question: String) {
        write(question, to: STDERR_FILENO)
    }

    /// The next line of standard input without its end; nil where there is none. At a terminal it is asked
    /// for, and what is typed does not show.
    static func readSecret(_ question: String) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return readLine() }
        ask(question)
        var settings = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &settings) == 0 else { return readLine() }
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            ask("\n")
        }
        return readLine()
    }

    /// One line on standard error.
    static func report(_ error: any Error) {
        write("expense-tracker: \(error)\n", to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0 && errno == EINTR { continue }
            // Nobody reads any more, so there is nobody to tell.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
