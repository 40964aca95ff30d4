Console.WriteLine("Rx.Sip");
