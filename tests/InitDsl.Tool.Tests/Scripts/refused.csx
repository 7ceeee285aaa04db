var model = Sequential(("conv", Conv2d(3, 6, 3)), ("norm", GroupNorm(2, 6)), ("fc", Linear(6, 2)));
model.Initialize(When<Linear>().Weight(Kaiming).Bias(Xavier) + When<Conv2d>().Weight(Eye).Bias(Zeros), seed: 42);
