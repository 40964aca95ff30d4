using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rx.Sip.Benchmarks.Load;

/// <summary>
/// Peers that mean no good, each from an address of its own: one sends garbage as fast as it is taken, one sends requests as fast as they are taken and
/// never reads an answer. Who is cut off calls again at once.
/// </summary>
internal static class HostileProgram
{
    public static int Run(string[] args)
    {
        var server = IPEndPoint.Parse(args[1]);
        var (from, octets) = args[0] == "garbage" ? ("127.0.0.2", Garbage()) : ("127.0.0.3", Requests());
        var (sent, calls, over) = (0L, 0L, false);
        // In life it has a machine of its own; here it may have what is left of the processors.
        using (var process = Process.GetCurrentProcess())
            process.PriorityClass = ProcessPriorityClass.Idle;
        var thread = new Thread(() =>
        {
            while (!Volatile.Read(ref over))
            {
                Interlocked.Increment(ref calls);
                Interlocked.Add(ref sent, Pester(server, IPAddress.Parse(from), octets, ref over));
            }
        });
        thread.Start();
        Console.WriteLine("begun");
        while (Console.ReadLine() is not null)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{args[0]}: {Volatile.Read(ref calls)} calls, {Volatile.Read(ref sent) / 1e6:F0} MB"));
        Volatile.Write(ref over, true);
        return 0;
    }

    private static long Pester(IPEndPoint server, IPAddress from, byte[] octets, ref bool over)
    {
        var sent = 0L;
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096, SendTimeout = 500, LingerState = new LingerOption(true, 0) };
            socket.Bind(new IPEndPoint(from, 0));
            socket.Connect(server);
            while (!Volatile.Read(ref over))
                sent += socket.Send(octets);
        }
        catch (SocketException)
        {
            // Cut off, or the server takes no more for now.
        }
        return sent;
    }

    // What looks like messages, so that the stream can be followed and costs the most.
    private static byte[] Garbage()
    {
        var (text, random) = (new StringBuilder(), new Random(1));
        while (text.Length < 64 * 1024)
        {
            for (var i = 0; i < 10; i++)
                text.Append(CultureInfo.InvariantCulture, $"{(char)random.Next('A', 'z')}: {random.NextInt64():x}\r\n");
            text.Append("Content-Length: 0\r\n\r\n");
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static byte[] Requests()
    {
        var all = new List<byte>();
        for (var number = 90_000_000; all.Count < 64 * 1024; number++)
        {
            var request = Speech.Request();
            Speech.WriteNumber(request, number);
            all.AddRange(request);
        }
        return [.. all];
    }
}
