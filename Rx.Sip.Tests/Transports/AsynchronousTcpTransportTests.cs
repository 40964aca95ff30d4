namespace Rx.Sip.Tests.Transports;

public class AsynchronousTcpTransportTests() : TcpTransportTests(maxThreads: 0);
