using Rx.Sip.Benchmarks.EndToEnd;
using Rx.Sip.Benchmarks.Fuzz;
using Rx.Sip.Benchmarks.Herd;
using Rx.Sip.Benchmarks.Idle;
using Rx.Sip.Benchmarks.Load;
using Rx.Sip.Benchmarks.Micro;
using Rx.Sip.Benchmarks.Transactions;

return args switch
{
    ["end-to-end", .. var rest] => EndToEndProgram.Run(rest),
    ["transactions", .. var rest] => TransactionProgram.Run(rest),
    ["serve", .. var rest] => ServerProgram.Run(rest),
    ["micro", "--quick"] => RatioProgram.Run(),
    ["micro", "--linear"] => LinearProgram.Run(),
    ["micro", .. var rest] => MicroProgram.Run(rest),
    ["idle", .. var rest] => IdleProgram.Run(rest),
    ["herd", .. var rest] => HerdProgram.Run(rest),
    ["connections", .. var rest] => ConnectionsProgram.Run(rest),
    ["connect", .. var rest] => ConnectionsProgram.Connect(rest),
    ["load", .. var rest] => LoadProgram.Run(rest),
    ["serve-load"] => LoadProgram.Serve(),
    ["hostile", .. var rest] => HostileProgram.Run(rest),
    ["fuzz", .. var rest] => FuzzProgram.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        benchmarks micro --quick
        benchmarks micro --linear
        benchmarks micro [--filter *Parse*] [options of BenchmarkDotNet]
        benchmarks end-to-end [--subject floor,flows,transactions] [--transport udp,tcp] [--concurrency 1,20,200] [--count 50000] [--rounds 5] [--allocations show]
        benchmarks transactions [COUNT]
        benchmarks idle [--count 1000,50000] [--kind open,credentials,user] [--real]
        benchmarks herd [COUNT] [REGISTRATIONS_PER_SECOND]
        benchmarks connections [COUNT]
        benchmarks load [--connections 1000] [--count 100] [--seconds 15] [--rounds 3]
        benchmarks fuzz [--count 1000000] [--seed 1] [--every 4] [--corpus ../shared/corpus] | --input BASE64 | --scaling [--shape NAME]
        """);
    return 2;
}
