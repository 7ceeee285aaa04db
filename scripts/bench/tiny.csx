// Models so small that only the way there counts. Loaded by bench.csx.

static class Tiny
{
    private static readonly (long In, long Hidden, long Out)[] Sizes = [(2, 16, 1), (32, 64, 10), (784, 128, 10)];

    public static void Run(Scale scale, Answers answers)
    {
        Table.Title("Two-layer networks, already constructed");
        Table.Head("network", "ours");
        RuleSet rules = When<Linear>().Weight(Kaiming).Bias(Zeros);
        foreach ((long inputs, long hidden, long outputs) in Sizes)
        {
            using Linear first = Linear(inputs, hidden);
            using Linear second = Linear(hidden, outputs);
            using var model = Sequential(("fc1", first), ("relu", ReLU()), ("fc2", second));
            Plan plan = rules.Compile(model, seed: 42);
            void ByHand()
            {
                init.kaiming_normal_(first.weight);
                init.zeros_(first.bias!);
                init.kaiming_normal_(second.weight);
                init.zeros_(second.bias!);
            }

            foreach ((string way, Action ours) in new (string, Action)[]
            {
                ("Initialize", () => model.Initialize(rules, seed: 42)),
                ("plan.Apply", () => plan.Apply()),
            })
            {
                int times = scale.Quick ? 10 : 200;
                double[][] found = Measure.InTurns(scale.Rounds(15), 3, () => Repeat(times, ByHand), () => Repeat(times, ours));
                double[] each(double[] all) => Array.ConvertAll(all, time => time / times);
                bool oursRight = plan.Verify().Passed;
                ByHand();
                Table.Times($"{inputs} → {hidden} → {outputs}", way, each(found[1]), each(found[0]), null, answers.Say(oursRight, plan.Verify().Passed));
            }
        }
    }

    private static void Repeat(int times, Action action)
    {
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }
}
