import Glibc
import Platform

/// The file that this program runs from.
enum Executable {
    /// Nil where it has been removed.
    static var path: String? { Directory.resolved("/proc/self/exe") }

    /// Whether that shared library is loaded.
    static func isLinked(to library: String) -> Bool {
        // Finds one that is there already, and loads none.
        guard let handle = unsafe dlopen(library, RTLD_LAZY | RTLD_NOLOAD) else { return false }
        unsafe dlclose(handle)
        return true
    }
}
