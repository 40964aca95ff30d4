using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Rx.Sip.Transports;

/// <summary>
/// ICMP errors of a datagram socket that is not connected, with the peer they are about (RFC 3261 §18.4). Linux keeps them in
/// a queue that .NET has no call for; elsewhere there is nothing to take, and a silent peer is found out by the transaction's timers.
/// </summary>
internal static class DatagramErrors
{
    private const int ReceiveErrors4 = 11;
    private const int ReceiveErrors6 = 25;
    private const int Level4 = 0;
    private const int Level6 = 41;
    private const int ErrorQueue = 0x2000;
    private const int DontWait = 0x40;

    // struct msghdr with everything it points to, in one block: header, vector, peer's address, control data, one octet.
    private const int VectorAt = 56;
    private const int AddressAt = 72;
    private const int AddressOctets = 28;
    private const int ControlAt = 104;
    private const int ControlOctets = 256;
    private const int PayloadAt = ControlAt + ControlOctets;
    private const int Octets = PayloadAt + 8;

    // struct cmsghdr is 16 octets long, and the error's number is the first member of what follows it.
    private const int NumberAt = ControlAt + 16;

    private static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    public static void Enable(Socket socket)
    {
        if (!IsSupported)
            return;
        var isVersion6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
        socket.SetRawSocketOption(isVersion6 ? Level6 : Level4, isVersion6 ? ReceiveErrors6 : ReceiveErrors4, BitConverter.GetBytes(1));
    }

    /// <summary>Takes the next error, if there is one.</summary>
    public static bool TryTake(Socket socket, [NotNullWhen(true)] out SocketAddress? peer, [NotNullWhen(true)] out SocketException? error)
    {
        (peer, error) = (null, null);
        if (!IsSupported)
            return false;
        var block = Marshal.AllocHGlobal(Octets);
        try
        {
            Prepare(block);
            if (ReceiveMessage(socket.SafeHandle, block, ErrorQueue | DontWait) < 0)
                return false;
            peer = new SocketAddress(socket.AddressFamily, Math.Min(Marshal.ReadInt32(block, 8), AddressOctets));
            for (var i = 0; i < peer.Size; i++)
                peer[i] = Marshal.ReadByte(block, AddressAt + i);
            error = ErrorOf(Marshal.ReadInt32(block, NumberAt));
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            Marshal.FreeHGlobal(block);
        }
    }

    private static void Prepare(nint block)
    {
        for (var i = 0; i < Octets; i += 8)
            Marshal.WriteInt64(block, i, 0);
        Marshal.WriteIntPtr(block, 0, block + AddressAt);
        Marshal.WriteInt32(block, 8, AddressOctets);
        Marshal.WriteIntPtr(block, 16, block + VectorAt);
        Marshal.WriteInt64(block, 24, 1);
        Marshal.WriteIntPtr(block, 32, block + ControlAt);
        Marshal.WriteInt64(block, 40, ControlOctets);
        Marshal.WriteIntPtr(block, VectorAt, block + PayloadAt);
        Marshal.WriteInt64(block, VectorAt + 8, 1);
    }

    // The numbers are Linux's.
    private static SocketException ErrorOf(int number) => new((int)(number switch
    {
        111 => SocketError.ConnectionRefused,
        113 => SocketError.HostUnreachable,
        101 => SocketError.NetworkUnreachable,
        112 => SocketError.HostDown,
        90 => SocketError.MessageSize,
        _ => SocketError.SocketError,
    }));

    [DllImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint ReceiveMessage(SafeHandle socket, nint message, int flags);
}
