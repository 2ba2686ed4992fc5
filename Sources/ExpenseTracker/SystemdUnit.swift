/// A unit for systemd that runs this copy of the program as a user of its own that may do next to nothing else.
enum SystemdUnit {
    /// What ProtectHome= and PrivateTmp= hide from a service on any machine (systemd.exec(5)).
    private static let hidden = ["home", "root", "run/user", "tmp", "var/tmp"].map { "/\($0)/" }

    static func text() throws(StartError) -> String {
        guard let program = Executable.path else {
            throw StartError("systemd-unit: the program's file is gone")
        }
        if let folder = hidden.first(where: program.hasPrefix) {
            throw StartError(
                "systemd-unit: a service does not see \(folder); put a copy elsewhere with: "
                    + "expense-tracker install /opt/expense-tracker")
        }
        guard !program.contains(where: { $0 == " " || $0 == "%" || $0 == "$" || $0 == "\"" || $0 == "\\" })
        else {
            throw StartError("systemd-unit: \(program) has a character that a unit cannot name as it is")
        }
        return text(for: program)
    }

    static func text(for program: String) -> String {
        """
        # \(program) systemd-unit > /etc/systemd/system/expense-tracker.service
        # The database and its key are in /var/lib/expense-tracker. Settings: a line such as
        # EXPENSE_TRACKER_PORT=8081 for each in /etc/expense-tracker.conf.
        [Unit]
        Description=Expense Tracker
        After=network-online.target
        Wants=network-online.target
        StartLimitIntervalSec=0

        [Service]
        Type=notify
        ExecStart=\(program) serve
        ExecReload=/bin/kill -HUP $MAINPID
        EnvironmentFile=-/etc/expense-tracker.conf
        WatchdogSec=30
        TimeoutStopSec=30
        Restart=on-failure
        RestartSec=5
        RestartPreventExitStatus=64
        LimitNOFILE=65536

        DynamicUser=yes
        StateDirectory=expense-tracker
        StateDirectoryMode=0700
        WorkingDirectory=%S/expense-tracker
        UMask=0077

        CapabilityBoundingSet=
        AmbientCapabilities=
        NoNewPrivileges=yes
        LockPersonality=yes
        MemoryDenyWriteExecute=yes
        PrivateDevices=yes
        PrivateTmp=yes
        PrivateUsers=yes
        ProcSubset=pid
        ProtectClock=yes
        ProtectControlGroups=yes
        ProtectHome=yes
        ProtectHostname=yes
        ProtectKernelLogs=yes
        ProtectKernelModules=yes
        ProtectKernelTunables=yes
        ProtectProc=invisible
        ProtectSystem=strict
        RemoveIPC=yes
        RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
        RestrictNamespaces=yes
        RestrictRealtime=yes
        RestrictSUIDSGID=yes
        DeviceAllow=
        SystemCallArchitectures=native
        SystemCallErrorNumber=EPERM
        SystemCallFilter=@system-service
        SystemCallFilter=~@privileged @resources

        [Install]
        WantedBy=multi-user.target
        """
    }
}
