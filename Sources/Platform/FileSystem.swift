import CLinux
import Glibc

/// Names of files and folders: what there is, and changes of it.
package enum FileSystem {
    package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 || errno != ENOENT }

    /// Gives the file a second name. Returns false where something else has that already.
    package static func link(_ path: String, as name: String) throws(SystemError) -> Bool {
        if unsafe Glibc.link(path, name) == 0 { return true }
        guard errno == EEXIST else { throw SystemError("link", detail: name) }
        return false
    }

    /// One that is there already is left as it is. Whatever the umask, a new one has that mode.
    package static func makeFolder(_ path: String, mode: UInt32) throws(SystemError) {
        if unsafe mkdir(path, mode) == 0 {
            guard unsafe chmod(path, mode) == 0 else { throw SystemError("chmod", detail: path) }
        } else if errno != EEXIST {
            throw SystemError("mkdir", detail: path)
        }
    }

    /// Gives what is at `new` the name `old`. What had that name has the other one afterwards, so that the name is never
    /// without a file.
    package static func exchange(_ new: String, with old: String) throws(SystemError) {
        if unsafe renameat2(AT_FDCWD, new, AT_FDCWD, old, clinux_RENAME_EXCHANGE) == 0 { return }
        guard errno == ENOENT, unsafe rename(new, old) == 0 else { throw SystemError("rename", detail: old) }
    }

    /// A file, or a folder with all that is in it; one that is not there is no error.
    package static func remove(_ path: String) throws(SystemError) {
        if unsafe unlink(path) == 0 || errno == ENOENT { return }
        guard errno == EISDIR else { throw SystemError("unlink", detail: path) }
        for name in try Directory.names(in: path) { try remove(path + "/" + name) }
        guard unsafe rmdir(path) == 0 else { throw SystemError("rmdir", detail: path) }
    }

    /// Returns when the names in the folder have reached the disk.
    package static func synchronize(folder: String) throws(SystemError) {
        try FileDescriptor.openFolder(folder).synchronize()
    }
}
