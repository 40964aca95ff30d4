using Rx.Sip.Runtime;
using Rx.Sip.Transports;

namespace Rx.Sip.Testing.Server;

/// <summary>Where a server runs: what it takes to bring its connections up, anew for each of its lives.</summary>
/// <param name="Settings">Makes the settings of a connection manager, with fresh transports.</param>
/// <param name="Identifiers">The source of randomness.</param>
/// <param name="Host">The simulated host; null when it is this machine.</param>
internal sealed record ServerSite(Func<ConnectionManagerSettings> Settings, SipIdentifiers Identifiers, SimulatedHost? Host);
