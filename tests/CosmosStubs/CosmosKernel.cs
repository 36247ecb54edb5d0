// Cosmos.Kernel.System of Cosmos Gen3 3.0.82, as far as kernel/kits/Cosmos uses it. Shape: CosmosOS/Cosmos,
// src/Cosmos.Kernel.System/Kernel.cs. Next: CosmosLimine.cs
namespace Cosmos.Kernel.System;

public abstract class Kernel
{
    public virtual void Start()
    {
        OnBoot();
        BeforeRun();
        Run();
        AfterRun();
    }

    protected virtual void OnBoot()
    {
    }

    protected virtual void BeforeRun()
    {
    }

    protected abstract void Run();

    protected virtual void AfterRun()
    {
    }
}
