namespace Rx.Sip.Tests.Transports;

public class BlockingTcpTransportTests() : TcpTransportTests(maxThreads: 1000);
