using Rx.Sip.Tool;

return await CommandLine.RunAsync(args, Terminal.OfProcess());
