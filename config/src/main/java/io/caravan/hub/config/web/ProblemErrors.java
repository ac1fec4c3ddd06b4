package io.caravan.hub.config.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** The container's last resort: an exception that left a filter. */
@Controller
class ProblemErrors implements ErrorController {

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Problem plain = Problem.ofStatus(status instanceof Integer code ? code : 404);
        Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        ProblemWriter.write(
                request,
                response,
                failure instanceof Throwable thrown ? DatabaseAway.of(thrown).orElse(plain) : plain);
    }
}
