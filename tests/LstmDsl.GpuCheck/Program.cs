using LstmDsl.GpuCheck;

// The check runs each of its phases in a process of its own, so that one that hangs or dies takes nothing with it.
return args is ["phase", .. var phase] ? PhaseCommand.Run(phase) : CheckCommand.Run(args);
