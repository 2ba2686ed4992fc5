import Glibc

/// Users of the machine, for messages.
package enum UserName {
    /// Whom this program runs as: `www-data`, or the number of a user without a name.
    package static var own: String { name(of: geteuid()) }

    package static func name(of user: UInt32) -> String {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        // The name lies in the buffer; it is copied before that goes.
        return unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            let code = unsafe getpwuid_r(user, &entry, buffer.baseAddress!, buffer.count, &found)
            guard code == 0, unsafe found != nil, let name = unsafe entry.pw_name else { return String(user) }
            return unsafe String(cString: name)
        }
    }
}
