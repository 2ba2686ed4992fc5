import Glibc
import Platform

/// Copies of files and folders that are on the disk when a call returns.
enum FileTree {
    /// Deeper folders are refused: a link leads back up.
    private static let maximumDepth = 16

    /// What links lead to is copied in their place; names that begin with a point are passed over.
    static func copy(_ source: String, to target: String, mode: UInt32 = 0o644, depth: Int = 0)
        throws(StartError)
    {
        guard Directory.isDirectory(source) else { return try copyFile(source, to: target, mode: mode) }
        guard depth < maximumDepth else {
            throw StartError("install: \(source): folders are nested more than \(maximumDepth) deep")
        }
        try makeFolder(target)
        for name in try names(in: source) ?? [] where !name.hasPrefix(".") {
            try copy(source + "/" + name, to: target + "/" + name, mode: mode, depth: depth + 1)
        }
        try trying(target) { () throws(SystemError) in try FileSystem.synchronize(folder: target) }
    }

    private static func copyFile(_ source: String, to target: String, mode: UInt32) throws(StartError) {
        try trying(source) { () throws(SystemError) in _ = try FileDescriptor.openFile(source) }
        try trying(target) { () throws(SystemError) in
            let output = try FileDescriptor.newFile(target, mode: mode)
            try output.copyRest(of: FileDescriptor.openFile(source))
            try output.synchronize()
        }
    }

    static func write(_ text: String, to target: String) throws(StartError) {
        try trying(target) { () throws(SystemError) in
            let output = try FileDescriptor.newFile(target, mode: 0o644)
            try output.write(Array(text.utf8))
            try output.synchronize()
        }
    }

    /// One that is there already is left as it is.
    static func makeFolder(_ path: String) throws(StartError) {
        try trying(path) { () throws(SystemError) in try FileSystem.makeFolder(path, mode: 0o755) }
    }

    /// Gives what is at `new` the name `old`. What had that name has the other one afterwards, so that the name is
    /// never without a file.
    static func put(_ new: String, inPlaceOf old: String) throws(StartError) {
        try trying(old) { () throws(SystemError) in
            try FileSystem.exchange(new, with: old)
            try FileSystem.synchronize(folder: FileAccess.folder(of: old))
        }
    }

    /// A file, or a folder with all that is in it; one that is not there is no error.
    static func remove(_ path: String) throws(StartError) {
        try trying(path) { () throws(SystemError) in try FileSystem.remove(path) }
    }

    /// What a folder holds, sorted; nil where it does not exist.
    static func names(in folder: String) throws(StartError) -> [String]? {
        guard FileSystem.exists(folder) else { return nil }
        return try trying(folder) { () throws(SystemError) in try Directory.names(in: folder) }
    }

    private static func trying<Value>(
        _ path: String, _ body: () throws(SystemError) -> Value
    ) throws(StartError) -> Value {
        do {
            return try body()
        } catch {
            throw StartError("install: \(path): \(SystemError.message(error.code))")
        }
    }
}
