import Glibc

// 0: done. 1: it could not be done, for a reason outside. 64: the command line is wrong (sysexits.h, EX_USAGE).
do {
    let invocation = try Invocation(
        arguments: Array(CommandLine.arguments.dropFirst()), environment: Environment.variables)
    let configuration = invocation.configuration
    switch invocation.command {
    case .serve:
        if invocation.has(.check) {
            try StartCheck.run(configuration)
        } else {
            try Serve.run(configuration)
        }
    case .backup: try BackupCommand.run(configuration, to: invocation.operand)
    case .check: try CheckCommand.run(configuration, repairs: invocation.has(.repair))
    case .resetPassword: try ResetPassword.run(configuration, login: invocation.operand)
    case .resetTwoFactor: try ResetTwoFactor.run(configuration, login: invocation.operand)
    case .restore: try RestoreCommand.run(configuration, from: invocation.operand)
    case .copy: try CopyCommand.run(configuration, to: invocation.value(of: .to))
    case .install: try Install.run(configuration, into: invocation.operand)
    case .systemdUnit: Terminal.print(try SystemdUnit.text())
    case .completions: Terminal.print(try Completions.text(named: invocation.operand))
    case .manPage: Terminal.print(ManPage.text)
    case .messages: try MessagesCommand.run(configuration)
    case .demo: try Demo.run(invocation)
    case .help: Terminal.print(Help.text)
    case .version: Terminal.print(Help.version)
    }
} catch let error as UsageError {
    Terminal.report(error)
    exit(EX_USAGE)
} catch {
    Terminal.report(error)
    exit(EXIT_FAILURE)
}
