using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Rx.Sip.Benchmarks.Load;

/// <summary>Peers of good will: each has a connection and sends one message after the other at a steady pace.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly List<Socket> _sockets = [];
    private int _number;

    public Crowd(IPEndPoint server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(server);
            _sockets.Add(socket);
        }
    }

    /// <summary>Sends so many messages over each connection in that time; gives how many milliseconds each answer took, sorted.</summary>
    public List<double> Speak(int count, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var pace = time / count;
        // They speak one after the other, not all at once.
        var all = Task.WhenAll(_sockets.Select((socket, index) => SpeakAsync(socket, count, pace, start, pace * index / _sockets.Count)));
        return [.. all.GetAwaiter().GetResult().SelectMany(latencies => latencies).Order()];
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private async Task<double[]> SpeakAsync(Socket socket, int count, TimeSpan pace, long start, TimeSpan offset)
    {
        var (latencies, request, input) = (new double[count], Speech.Request(), new byte[4096]);
        for (var i = 0; i < count; i++)
        {
            var due = offset + pace * i;
            if (due - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } wait)
                await Task.Delay(wait);
            Speech.WriteNumber(request, Interlocked.Increment(ref _number));
            var sent = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            await ReadAsync(socket, input);
            latencies[i] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
        }
        return latencies;
    }

    private static async Task ReadAsync(Socket socket, byte[] input)
    {
        var length = 0;
        while (!input.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            var received = await socket.ReceiveAsync(input.AsMemory(length));
            length += received > 0 ? received : throw new InvalidOperationException("A peer of good will was cut off.");
        }
        if (!input.AsSpan().StartsWith("SIP/2.0 200"u8))
            throw new InvalidOperationException("A peer of good will was refused.");
    }
}
