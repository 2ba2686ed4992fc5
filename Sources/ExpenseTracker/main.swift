import Glibc

// 0: done. 1: it could not be done, for a reason outside. 64: the command line is wrong (sysexits.h, EX_USAGE).
do {
    let invocation = try Invocation(
        arguments: Array(CommandLine.arguments.dropFirst()), environment: Environment.variables)
    switch invocation.command {
    case .serve: try Serve.run(invocation.configuration)
    case .backup: try BackupCommand.run(invocation.configuration, to: invocation.operands[0])
    case .check: try CheckCommand.run(invocation.configuration)
    case .resetPassword: try ResetPassword.run(invocation.configuration, login: invocation.operands[0])
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
