namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>The other process: prints its address, then for each line it reads what it has used up, and ends with its input.</summary>
internal static class ServerProgram
{
    public static int Run(string[] args)
    {
        var server = Subject.Named(args[0]).Serve(Enum.Parse<SipTransportType>(args[1], ignoreCase: true));
        Console.WriteLine(server.Address);
        while (Console.ReadLine() is not null)
            Console.WriteLine(Usage.Now);
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return 0;
    }
}
