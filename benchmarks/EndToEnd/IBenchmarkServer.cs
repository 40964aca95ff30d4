using System.Net;

namespace Rx.Sip.Benchmarks.EndToEnd;

/// <summary>The side that answers.</summary>
internal interface IBenchmarkServer : IAsyncDisposable
{
    IPEndPoint Address { get; }
}
