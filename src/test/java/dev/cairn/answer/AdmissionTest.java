package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static final UUID A = new UUID(0, 1);
  private static final UUID B = new UUID(0, 2);
  private static final Executor VIRTUAL = Thread::startVirtualThread;

  private final List<String> order = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch end = new CountDownLatch(1);

  @Test
  void letsInAsManyAsThereArePlacesAndQueuesTheRest() {
    Admission admission = admission(2, 1, 1);
    List<CompletableFuture<String>> asked = List.of(hold(admission, A), hold(admission, A));
    await().until(() -> admission.open() == 2);
    CompletableFuture<String> waiting = hold(admission, A);
    await().until(() -> admission.waiting() == 1);

    assertProblem(() -> admit(admission, A, () -> "in"), ProblemCode.OVERLOADED);

    assertThat(admission.open()).isEqualTo(2);
    end.countDown();
    assertThat(asked).allMatch(each -> each.join().equals("in"));
    assertThat(waiting.join()).isEqualTo("in");
    assertThat(admission.open()).isZero();
    assertThat(admission.waiting()).isZero();
  }

  @Test
  void withoutAQueueTheNextOneIsRefused() {
    Admission admission = admission(1, 0, 1);
    hold(admission, A);
    await().until(() -> admission.open() == 1);

    assertProblem(() -> admit(admission, B, () -> "in"), ProblemCode.OVERLOADED);
    end.countDown();
  }

  @Test
  void givesAPlaceBackAlsoWhenTheWorkFails() {
    Admission admission = admission(1, 0, 1);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> admit(admission, A, AdmissionTest::fail)).hasMessage("failed");
    }

    assertThat(admit(admission, A, () -> "in")).isEqualTo("in");
  }

  @Test
  void oneTenantCannotTakeAllPlacesNorAllOfTheQueue() {
    Admission admission = admission(4, 4, 0.5);
    List<CompletableFuture<String>> asked = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      asked.add(hold(admission, A));
      int come = i + 1;
      await().until(() -> admission.open() + admission.waiting() == come);
    }
    assertThat(admission.open()).isEqualTo(2);

    assertProblem(() -> admit(admission, A, () -> "in"), ProblemCode.RATE_LIMITED);
    assertThat(admit(admission, B, () -> "at once")).isEqualTo("at once");

    end.countDown();
    assertThat(asked).allMatch(each -> each.join().equals("in"));
  }

  @Test
  void aFreePlaceGoesToTheTenantThatHoldsTheFewest() {
    Admission admission = admission(2, 4, 1);
    CompletableFuture<String> first = hold(admission, A);
    await().until(() -> admission.open() == 1);
    CountDownLatch second = new CountDownLatch(1);
    CompletableFuture<String> other = holdUntil(admission, A, second);
    await().until(() -> admission.open() == 2);
    List<CompletableFuture<String>> waiting = new ArrayList<>();
    for (String name : List.of("A1", "A2", "B1", "B2")) {
      UUID tenant = name.startsWith("A") ? A : B;
      waiting.add(asked(() -> admit(admission, tenant, () -> note(name))));
      int come = waiting.size();
      await().until(() -> admission.waiting() == come);
    }

    second.countDown();
    other.join();
    waiting.forEach(CompletableFuture::join);

    assertThat(order).containsExactly("B1", "B2", "A1", "A2");
    end.countDown();
    first.join();
  }

  @Test
  void aQuestionWaitsNoLongerThanItsDeadline() {
    Admission admission = admission(1, 1, 1);
    hold(admission, A);
    await().until(() -> admission.open() == 1);
    Deadline soon = new Deadline(System.nanoTime() + 50_000_000);

    assertProblem(
        () -> admission.admit(A, soon, new WatchedAnswer(), () -> "in"),
        ProblemCode.DEADLINE_EXCEEDED);
    assertThat(admission.waiting()).isZero();
    end.countDown();
  }

  @Test
  void aClientThatLeavesTheQueueTakesNoPlace() {
    Admission admission = admission(1, 1, 1);
    hold(admission, A);
    await().until(() -> admission.open() == 1);

    assertProblem(
        () -> admission.admit(A, later(), new WatchedAnswer(0), () -> "in"),
        ProblemCode.OVERLOADED);
    assertThat(admission.waiting()).isZero();
    end.countDown();
  }

  private static Admission admission(int places, int waiting, double share) {
    return new Admission(new AdmissionSettings(places, waiting, share));
  }

  private CompletableFuture<String> hold(Admission admission, UUID tenant) {
    return holdUntil(admission, tenant, end);
  }

  private static CompletableFuture<String> holdUntil(
      Admission admission, UUID tenant, CountDownLatch end) {
    return asked(() -> admit(admission, tenant, () -> waitFor(end)));
  }

  private static CompletableFuture<String> asked(Supplier<String> work) {
    return CompletableFuture.supplyAsync(work, VIRTUAL);
  }

  private static String admit(Admission admission, UUID tenant, Supplier<String> work) {
    return admission.admit(tenant, later(), new WatchedAnswer(), work);
  }

  private static Deadline later() {
    return new Deadline(System.nanoTime() + Duration.ofMinutes(1).toNanos());
  }

  private static String waitFor(CountDownLatch latch) {
    try {
      latch.await();
      return "in";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String note(String name) {
    order.add(name);
    return name;
  }

  private static void assertProblem(Supplier<String> work, ProblemCode code) {
    assertThatThrownBy(work::get)
        .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static String fail() {
    throw new IllegalStateException("failed");
  }
}
