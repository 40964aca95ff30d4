Console.WriteLine("rxsip");
