import Glibc
import Platform

/// Prints `messages.pot`, which lies among the templates.
enum MessagesCommand {
    static func run(_ configuration: Configuration) throws {
        let path = try Root.find(configuration) + "/Templates/Languages/messages.pot"
        do throws(SystemError) {
            let file = try OpenFile(path: path)
            try writeAll(try file.descriptor.read(file.size, at: 0), to: STDOUT_FILENO)
        } catch {
            throw StartError("cannot read \(path): \(SystemError.message(error.code))")
        }
    }
}
