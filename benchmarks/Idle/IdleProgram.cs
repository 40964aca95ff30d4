using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reactive.Concurrency;
using Rx.Sip.Transports;

namespace Rx.Sip.Benchmarks.Idle;

/// <summary>
/// Very many registered endpoints on one transport of one platform: octets each, registrations per second from a cold start, CPU of a refresh, and on
/// real time the CPU and the threads that being registered costs. The registrar is a few lines in the same process that answer on the spot.
/// </summary>
internal static class IdleProgram
{
    private const int Grant = 3600;
    private static readonly NetworkCredential Secret = new("alice", "secret");

    public static int Run(string[] args)
    {
        var counts = Option(args, "--count", "1000,50000").Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture));
        var hold = int.Parse(Option(args, "--hold", "0"), CultureInfo.InvariantCulture);
        var kinds = Option(args, "--kind", "open,credentials,user").Split(',');
        Console.WriteLine("endpoints | kind        | B each idle | registrations/s | us CPU each | us CPU each refresh");
        foreach (var count in counts)
            foreach (var kind in kinds)
                Measure(count, kind, TimeSpan.FromSeconds(hold));
        if (!args.Contains("--real"))
            return 0;
        Console.WriteLine("endpoints | ms CPU in 10 s of real time, registered and idle | threads more than before");
        foreach (var count in counts)
            Idle(count);
        return 0;
    }

    private static void Measure(int count, string kind, TimeSpan hold)
    {
        // What is there once, code and caches, is not the endpoints'.
        GC.KeepAlive(Register(50, kind, new HistoricalScheduler(DateTimeOffset.UtcNow)));
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var clock = new HistoricalScheduler(DateTimeOffset.UtcNow);
        var (start, before) = (Stopwatch.StartNew(), EndToEnd.Usage.Now);
        var (platform, endpoints, registrar) = Register(count, kind, clock);
        var (took, used) = (start.Elapsed, EndToEnd.Usage.Now - before);
        if (registrar.Granted != count)
            throw new InvalidOperationException($"{registrar.Granted} of {count} are registered.");
        // What only lingers for 32 seconds is gone; nothing is due yet.
        clock.AdvanceBy(TimeSpan.FromMinutes(1));
        var each = (GC.GetTotalMemory(forceFullCollection: true) - memory) / (double)count;
        // For whoever wants to look at the heap from outside.
        if (hold > TimeSpan.Zero)
            new ManualResetEventSlim().Wait(hold);
        var refresh = Refresh(clock, registrar);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count,9} | {kind,-11} | {each,11:F0} | {count / took.TotalSeconds,15:F0} | {used.Cpu.TotalMicroseconds / count,11:F1} | {refresh.TotalMicroseconds,19:F1}"));
        GC.KeepAlive(platform);
        GC.KeepAlive(endpoints);
    }

    // An hour of virtual time: each refreshes once or twice.
    private static TimeSpan Refresh(HistoricalScheduler clock, InstantRegistrar registrar)
    {
        var (granted, before) = (registrar.Granted, EndToEnd.Usage.Now);
        clock.AdvanceBy(TimeSpan.FromSeconds(Grant));
        return (EndToEnd.Usage.Now - before).Cpu / (registrar.Granted - granted);
    }

    // On real time: what does it cost to be registered?
    private static void Idle(int count)
    {
        var threads = Process.GetCurrentProcess().Threads.Count;
        var (platform, endpoints, _) = Register(count, "open", TaskPoolScheduler.Default);
        SpinWait.SpinUntil(() => endpoints.TrueForAll(endpoint => endpoint.CurrentState is EndpointState.Established), TimeSpan.FromMinutes(1));
        using var never = new ManualResetEventSlim();
        // Behind the timers of the transactions that linger, which are not what is asked for.
        never.Wait(TimeSpan.FromSeconds(35));
        var before = EndToEnd.Usage.Now;
        never.Wait(TimeSpan.FromSeconds(10));
        var used = (EndToEnd.Usage.Now - before).Cpu;
        threads = Process.GetCurrentProcess().Threads.Count - threads;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,9} | {used.TotalMilliseconds,48:F1} | {threads,24}"));
        GC.KeepAlive(platform);
        GC.KeepAlive(endpoints);
    }

    private static (CollaborationPlatform Platform, List<RealTimeEndpoint> Endpoints, InstantRegistrar Registrar) Register(int count, string kind, IScheduler scheduler)
    {
        var registrar = new InstantRegistrar(Grant, challenges: kind == "credentials");
        var platform = new CollaborationPlatform(new ClientPlatformSettings("Benchmark/1.0", SipTransportType.Udp)
        {
            Connections = new ConnectionManagerSettings { Transports = [registrar], Scheduler = scheduler },
        });
        var endpoints = new List<RealTimeEndpoint>(count);
        for (var number = 0; number < count; number++)
        {
            var endpoint = Make(platform, kind, $"sip:user{number}@192.0.2.1");
            endpoint.Establish().Subscribe(static _ => { }, static _ => { });
            endpoints.Add(endpoint);
            if (scheduler is HistoricalScheduler virtualTime)
                virtualTime.AdvanceBy(TimeSpan.Zero);
        }
        return (platform, endpoints, registrar);
    }

    private static RealTimeEndpoint Make(CollaborationPlatform platform, string kind, string uri)
    {
        if (kind == "user")
            return new UserEndpoint(platform, new UserEndpointSettings(uri, "192.0.2.1", 0));
        var endpoint = new SipEndpoint(new SipEndpointSettings(uri, "192.0.2.1") { Transport = SipTransportType.Udp }, platform.ConnectionManager);
        if (kind == "credentials")
            endpoint.CredentialCache.Add("example.test", Secret);
        return endpoint;
    }

    private static string Option(string[] args, string name, string otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : otherwise;
}
