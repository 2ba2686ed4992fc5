import Glibc

/// A terminal that standard input is read from, and whether it shows what is typed (termios(3)).
package struct TerminalInput {
    private var settings = termios()

    /// Nil where standard input is no terminal.
    package init?() {
        guard isatty(STDIN_FILENO) == 1, unsafe tcgetattr(STDIN_FILENO, &settings) == 0 else { return nil }
    }

    /// What is typed does not show from now on; what has been typed and not read is dropped.
    package func hide() {
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
    }

    /// As it was.
    package func restore() {
        var settings = settings
        unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
    }
}
