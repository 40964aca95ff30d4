// Property tests of SIP software: FsCheck makes the messages and the troubles, this says what must hold for all of them.
open System
open FsCheck
open FsCheck.FSharp
open Rx.Sip
open Rx.Sip.Messages
open Rx.Sip.Testing
open Rx.Sip.Testing.Generators

// Two lines: register the generators, then ask for what you need by its type.
let config = Config.QuickThrowOnFailure.WithArbitrary [ typeof<SipArbitraries> ]

Check.One(config, fun (request: SipRequest) -> SipResponse.For(request, 200, null, "tag").CallId = request.CallId)

// Or one by one.
Check.One(config, Prop.forAll SipArbitraries.Uri (fun uri -> SipUri.Parse(string uri) = uri))

// An application on a network that loses, cuts and crashes: once that is over it is registered again.
Check.One(
    config.WithMaxTest 20,
    fun (faults: FaultSchedule) ->
        let network = SimulatedNetwork(int64 faults.Seed)
        network.StartServer("example.test", [ "alice" ]) |> ignore
        let alice = network.UserEndpoint "alice"
        network.RunFor(TimeSpan.FromSeconds 1.0)
        faults.ApplyTo(network, "example.test")
        network.RunFor(faults.End + TimeSpan.FromMinutes 10.0)
        network.RunUntil((fun () -> alice.CurrentState :? EndpointState.Established), TimeSpan.FromHours 2.0)
)
