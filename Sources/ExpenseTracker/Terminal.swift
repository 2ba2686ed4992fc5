import Glibc
import Platform

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

    /// Signals that end or stop the program, at a terminal most of them by a key.
    private static let interruptions = [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP]

    /// The next line of standard input without its end; nil where there is none. At a terminal it is asked
    /// for, and what is typed does not show. No other thread may run: it would take the signals.
    static func readSecret(_ question: String) -> String? {
        guard let terminal = TerminalInput() else { return readLine() }
        while true {
            // Until the terminal shows again what is typed, nothing ends the program.
            Signals.block(interruptions)
            ask(question)
            terminal.hide()
            let signal = Signals.wait(for: interruptions, orInputOn: STDIN_FILENO)
            let line = signal == nil ? readLine() : nil
            terminal.restore()
            ask("\n")
            if let signal { raise(signal) }
            Signals.unblock(interruptions)
            // A program that was stopped and goes on asks again.
            if signal == nil { return line }
        }
    }

    /// One line on standard error.
    static func report(_ error: any Error) {
        let priority = Environment.isJournal ? "<3>" : ""
        write("\(priority)expense-tracker: \(error)\n", to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        // Where nobody reads any more, there is nobody to tell.
        try? writeAll(Array(text.utf8), to: descriptor)
    }
}
