using System.Globalization;
using System.Net;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Rx.Sip.Messages;
using Rx.Sip.Transactions;
using Rx.Sip.Transports;
using Wire = Rx.Sip.Benchmarks.EndToEnd.Wire;

namespace Rx.Sip.Benchmarks.Transactions;

/// <summary>
/// MESSAGE and its 200 from one transaction layer to another without a network: the CPU time both sides take, what each allocates, and
/// what a transaction that lingers keeps. Virtual time stands still, so that each round begins with all of those before lingering.
/// </summary>
internal static class TransactionProgram
{
    public static int Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
        Console.WriteLine("transport lingering | CPU ns/transaction (paused for GC) | B allocated client  server | B kept per lingering transaction");
        foreach (var transport in new[] { SipTransportType.Udp, SipTransportType.Tcp })
            Measure(transport, count);
        return 0;
    }

    private static void Measure(SipTransportType transport, int count)
    {
        var account = new Account();
        var (left, right) = (new MemoryTransport(transport, 0, account), new MemoryTransport(transport, 1, account));
        (left.Peer, right.Peer) = (right, left);
        var (client, server) = (Manager(left), Manager(right));
        var target = new SipTarget(transport, new IPEndPoint(IPAddress.Loopback, 5061), "127.0.0.1");
        using var asking = new TransactionLayer(client, SipTimers.Default, new Answering());
        using var answering = new TransactionLayer(server, SipTimers.Default, new Answering());
        server.StartListening(transport, target.EndPoint).Subscribe();
        client.FlowTo(target);
        var request = (SipRequest.TryParse(Wire.RequestText, out var given) ? given : throw new FormatException()).WithoutHeader("Via");

        Round(asking.To(target), request, 5_000);
        for (var round = 0; round < 5; round++)
        {
            var lingering = asking.ActiveTransactions + answering.ActiveTransactions;
            var memory = GC.GetTotalMemory(forceFullCollection: true);
            account.Enter(0);
            var (mine, its, start, paused) = (account[0], account[1], EndToEnd.Usage.Now, GC.GetTotalPauseDuration());
            Round(asking.To(target), request, count);
            var used = EndToEnd.Usage.Now - start;
            paused = GC.GetTotalPauseDuration() - paused;
            account.Enter(0);
            var kept = answering.ActiveTransactions == 0 ? 0 : (double)(GC.GetTotalMemory(forceFullCollection: true) - memory) / count;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{transport,-9} {lingering,9} | {used.Cpu.TotalNanoseconds / count,18:F0} {paused.TotalNanoseconds / count,15:F0} | {(double)(account[0] - mine) / count,18:F0} {(double)(account[1] - its) / count,7:F0} | {kept:F0}"));
        }
    }

    private static RealTimeClientConnectionManager Manager(MemoryTransport transport) =>
        new(new ConnectionManagerSettings { Transports = [transport], Scheduler = new HistoricalScheduler() });

    private static void Round(IRequestClient client, SipRequest request, int count)
    {
        var counter = new Counter();
        for (var i = 0; i < count; i++)
            client.Request(request).Subscribe(counter);
        if (counter.Answered != count)
            throw new InvalidOperationException($"{counter.Answered} of {count} are answered.");
    }

    private sealed class Counter : IObserver<SipResponse>
    {
        public int Answered { get; private set; }

        public void OnNext(SipResponse value) => Answered += value.StatusCode == SipStatus.Ok ? 1 : 0;

        public void OnCompleted()
        {
        }

        public void OnError(Exception error) => throw new InvalidOperationException("A request does not fail.", error);
    }

    private sealed class Answering : ITransactionUser
    {
        public void OnRequest(ServerTransaction transaction) => transaction.Respond(SipStatus.Ok);

        public void OnAck(Flow flow, SipRequest ack)
        {
        }

        public void OnCancel(ServerTransaction invite, ServerTransaction cancel)
        {
        }

        public void OnStrayResponse(Flow flow, SipResponse response)
        {
        }

        public void OnUnanswered(ServerTransaction transaction)
        {
        }
    }
}
