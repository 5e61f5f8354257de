using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Ticklake.SystemTests.Crash;

public sealed class DiskTests
{
    const double EventsPerSecond = 400;
    const int DiskBytes = 24 << 20;
    const int FreeBytes = 1 << 20;

    [Fact]
    public async Task A_full_disk_is_told_once_and_costs_nothing_once_there_is_room_again()
    {
        var disk = Directory.CreateTempSubdirectory("ticklake-disk").FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={DiskBytes}", "tmpfs", disk) != 0)
            Assert.Skip("Mounting a small disk needs root.");
        try
        {
            await using var lake = await SimulatedLake.CreateAsync(EventsPerSecond, seed: 7, Path.Combine(disk, "data"), "1h");
            var filler = Path.Combine(disk, "filler");
            await File.WriteAllBytesAsync(filler, new byte[DiskBytes - FreeBytes]);
            using (var recorder = lake.Record())
            {
                await recorder.LoggedAsync("the disk is full");
                await Task.Delay(2000);
                recorder.HasExited.ShouldBeFalse(recorder.Log);
                File.Delete(filler);
                await recorder.LoggedAsync("The journal can be written again.");
                await Task.Delay(1500);
                recorder.RequestStop();
                (await recorder.ExitAsync()).ShouldBe(0, recorder.Log);
                var told = recorder.Log.Split('\n').Count(l => l.Contains("the disk is full", StringComparison.Ordinal));
                told.ShouldBeInRange(1, 2 * SimulatedLake.Connections, recorder.Log);
            }

            // What the segments could not take is made again from the journal.
            using (var recorder = lake.Record())
            {
                await recorder.ConnectedAsync();
                recorder.RequestStop();
                (await recorder.ExitAsync()).ShouldBe(0, recorder.Log);
            }

            await lake.StopExchangesAsync();
            (await lake.FaultsAsync()).ShouldBeEmpty();
        }
        finally
        {
            await RunAsync("umount", disk);
            Directory.Delete(disk);
        }
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_one_clear_message_and_exit_code_2()
    {
        var file = Path.GetTempFileName();
        await using var lake = await SimulatedLake.CreateAsync(EventsPerSecond, seed: 7, Path.Combine(file, "data"));
        using var recorder = lake.Record();
        (await recorder.ExitAsync()).ShouldBe(2);
        recorder.Log.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain($"the data folder {file}/data cannot be written");
        lake.Simulator.Truth.Connections.ShouldBeEmpty();
        File.Delete(file);
    }

    static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
