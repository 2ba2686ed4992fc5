import Glibc

/// A directory that is removed, with all it holds, when it goes out of scope.
final class TemporaryDirectory {
    let path: String

    init() {
        var template = Array("/tmp/http-tests.XXXXXX".utf8CString)
        // mkdtemp writes over the six letters and nothing else.
        path = unsafe template.withUnsafeMutableBufferPointer {
            unsafe String(cString: mkdtemp($0.baseAddress!)!)
        }
    }

    deinit { Self.removeAll(path) }

    private static func removeAll(_ path: String) {
        // A link is removed, not followed: opendir would follow one, so ask first what it is.
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR, let folder = unsafe opendir(path) {
            while let entry = unsafe readdir(folder) {
                let text = unsafe UnsafeRawPointer(entry.pointer(to: \.d_name)!)
                let name = unsafe String(cString: text.assumingMemoryBound(to: CChar.self))
                if name != "." && name != ".." { removeAll(path + "/" + name) }
            }
            unsafe closedir(folder)
        }
        unsafe remove(path)
    }

    /// Writes a file; its folders are made.
    func write(_ name: String, _ text: String, modified: Int? = nil) {
        let parts = name.split(separator: "/")
        var folder = path
        for part in parts.dropLast() {
            folder += "/" + part
            unsafe mkdir(folder, 0o755)
        }
        let file = unsafe fopen(path + "/" + name, "w")
        unsafe fputs(text, file)
        unsafe fclose(file)
        if let modified { touch(name, modified) }
    }

    /// Sets a file's time, in seconds since 1970.
    func touch(_ name: String, _ seconds: Int) {
        let times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
        unsafe utimensat(AT_FDCWD, path + "/" + name, times, 0)
    }

    func link(_ name: String, to target: String) {
        unsafe symlink(target, path + "/" + name)
    }
}
