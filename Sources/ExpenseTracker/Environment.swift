import Glibc

enum Environment {
    /// The variables that mean anything to us.
    static var variables: [String: String] {
        var variables: [String: String] = [:]
        for setting in Setting.all {
            // getenv's text stays valid: nothing in this program changes the environment.
            guard let value = unsafe getenv(setting.variable) else { continue }
            variables[setting.variable] = unsafe String(cString: value)
        }
        return variables
    }
}
