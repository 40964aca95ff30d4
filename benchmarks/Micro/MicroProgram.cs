using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Rx.Sip.Benchmarks.Micro;

/// <summary>Runs the micro-benchmarks: <c>micro</c> all of them, <c>micro --filter *Parse*</c> some; the options are BenchmarkDotNet's.</summary>
internal static class MicroProgram
{
    public static int Run(string[] args)
    {
        // In this process: nothing has to be restored or built, and so it runs where there is no network.
        var job = Job.ShortRun.WithIterationCount(8).WithToolchain(InProcessEmitToolchain.Instance);
        var config = DefaultConfig.Instance
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .HideColumns(Column.Job, Column.Toolchain, Column.IterationCount, Column.LaunchCount, Column.WarmupCount, Column.Gen0, Column.Gen1, Column.AllocRatio, Column.RatioSD);
        BenchmarkSwitcher.FromAssembly(typeof(MicroProgram).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
        return 0;
    }
}
