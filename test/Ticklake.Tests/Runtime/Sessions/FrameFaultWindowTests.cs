using Shouldly;
using Ticklake.Runtime.Sessions;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class FrameFaultWindowTests
{
    [Fact]
    public void More_than_half_of_a_full_window_breaks_the_circuit()
    {
        var window = new FrameFaultWindow();
        for (var i = 0; i < 99; i++)
            window.Add(isFaulty: true).ShouldBeFalse("the window is not full");
        window.Add(isFaulty: false).ShouldBeTrue();
        for (var i = 0; i < 48; i++)
            window.Add(isFaulty: false).ShouldBeTrue();
        window.Add(isFaulty: false).ShouldBeFalse("half is not more than half");
    }
}
