// Cosmos.Kernel.System of Cosmos Gen3 3.0.82, as far as kernel/kits/Cosmos uses it, and nothing that it does not have: shapes.txt.
// Next: CosmosLimine.cs
namespace Cosmos.Kernel.System;

/// <summary>src/Cosmos.Kernel.System/Kernel.cs</summary>
public abstract class Kernel
{
    public Kernel()
    {
    }

    protected virtual void OnBoot()
    {
    }

    protected virtual void BeforeRun()
    {
    }

    protected abstract void Run();
}
