package dev.cairn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.LaunchSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@CairnTest
@ExtendWith(OutputCaptureExtension.class)
class StartUpAnnouncementTest {

  @Autowired private StartUpAnnouncement announcement;
  @Autowired private CairnHttp http;

  @Test
  void itSaysWhereItListensWhatItWorksWithAndHowToStopIt(CapturedOutput output) {
    announcement.announce();

    assertThat(output.getAll())
        .contains("Cairn listens on http://127.0.0.1:" + http.port())
        .contains("golden/tiny on cpu,", "encoding in FLOAT32", "Data in /")
        .contains("(version " + LaunchSettings.load().version() + ")")
        .contains("Log: these lines", "kill " + ProcessHandle.current().pid());
  }

  @Test
  void nothingIsWarnedOfWhenTheMemorySettingsAreInForce(CapturedOutput output) {
    announcement.warnOfSlowAllocation();

    assertThat(output.getAll()).doesNotContain("C library");
  }
}
